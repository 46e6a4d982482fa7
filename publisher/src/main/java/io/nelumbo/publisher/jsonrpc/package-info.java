/**
 * JSON-RPC 2.0 with positional parameters, both ways: a client on the JDK's HTTP client, a server
 * on Vert.x for HTTP and WebSocket. Knows no chain and no method; everything that comes in is
 * bounded.
 */
@NullMarked
package io.nelumbo.publisher.jsonrpc;

import org.jspecify.annotations.NullMarked;
