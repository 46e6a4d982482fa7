/**
 * The engine below us, by itself: Ratis with a state machine that does nothing, its defaults for
 * durability, three processes and plain gRPC. What we put on top of it is measured against this.
 */
@NullMarked
package io.nelumbo.bench.peers.ratis;

import org.jspecify.annotations.NullMarked;
