/**
 * Members of a cluster from the binary door to the receipt, without lanes, a chain, and what a node
 * does with a message before it is sequenced: what committing alone costs.
 */
@NullMarked
package io.nelumbo.bench.cluster;

import org.jspecify.annotations.NullMarked;
