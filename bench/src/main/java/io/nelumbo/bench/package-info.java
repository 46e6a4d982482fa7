/** The way into the benchmarks: {@code java -jar benchmarks.jar} starts here. */
@NullMarked
package io.nelumbo.bench;

import org.jspecify.annotations.NullMarked;
