/**
 * What is measured side by side, and how: each contestant is three member processes on loopback and
 * a client in a fourth, under the same load. {@code ratis} and {@code aeron} are the peers; our own
 * members live elsewhere and come in the same way.
 */
@NullMarked
package io.nelumbo.bench.peers;

import org.jspecify.annotations.NullMarked;
