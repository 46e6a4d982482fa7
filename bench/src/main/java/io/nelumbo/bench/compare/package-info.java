/**
 * The comparison: every contestant in turn, round after round, and what came of it as a table, as
 * JSON and as curves that a person can look at.
 */
@NullMarked
package io.nelumbo.bench.compare;

import org.jspecify.annotations.NullMarked;
