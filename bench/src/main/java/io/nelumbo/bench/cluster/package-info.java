/** Members of a cluster with everything but lanes and a chain: what committing alone costs. */
@NullMarked
package io.nelumbo.bench.cluster;

import org.jspecify.annotations.NullMarked;
