/**
 * Three node processes and a development chain on this machine: traffic through them, the leader
 * killed on demand, and a report that is computed from the journals and from what the chain
 * received, never from counters of the sender.
 */
@NullMarked
package io.nelumbo.publisher.cli.devnet;

import org.jspecify.annotations.NullMarked;
