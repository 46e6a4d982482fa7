/**
 * Java processes for measurements: all with the same flags, on free ports of loopback, in a work
 * folder on a real disk, and gone when we are, however we end. Knows nothing of what they run.
 */
@NullMarked
package io.nelumbo.bench.process;

import org.jspecify.annotations.NullMarked;
