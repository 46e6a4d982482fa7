/** Reads the repo of a Lotus full node, so that a node here can go on in its place. */
@NullMarked
package io.nelumbo.publisher.migration;

import org.jspecify.annotations.NullMarked;
