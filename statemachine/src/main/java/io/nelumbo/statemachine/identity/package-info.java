/**
 * Who a node is, and how it proves that to its peers: an ed25519 key pair, the peer id that is its
 * public half, and the TLS certificate made from it.
 */
@NullMarked
package io.nelumbo.statemachine.identity;

import org.jspecify.annotations.NullMarked;
