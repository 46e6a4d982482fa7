/**
 * What size costs: many accounts, many unconfirmed messages and request ids, a long journal. These
 * are runs of seconds with one figure each, not benchmarks of nanoseconds.
 */
@NullMarked
package io.nelumbo.bench.scale;

import org.jspecify.annotations.NullMarked;
