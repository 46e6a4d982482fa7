/**
 * JSON-RPC 2.0 with positional parameters, both ways: a client over HTTP, a server for HTTP and
 * WebSocket, each on an event loop of Vert.x. Knows no chain and no method; everything that comes
 * in is bounded.
 */
@NullMarked
package io.nelumbo.publisher.jsonrpc;

import org.jspecify.annotations.NullMarked;
