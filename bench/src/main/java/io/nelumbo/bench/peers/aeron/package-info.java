/**
 * Aeron Cluster with its archive forced to the disk: the fastest replicated log that runs in a JVM,
 * in the same layout and under the same load as we are. Its only service acknowledges.
 */
@NullMarked
package io.nelumbo.bench.peers.aeron;

import org.jspecify.annotations.NullMarked;
