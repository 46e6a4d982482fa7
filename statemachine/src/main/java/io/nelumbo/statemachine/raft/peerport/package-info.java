/**
 * The port on which the nodes of a cluster talk to each other: mutual TLS, members only, and an
 * account of whoever was turned away.
 */
@NullMarked
package io.nelumbo.statemachine.raft.peerport;

import org.jspecify.annotations.NullMarked;
