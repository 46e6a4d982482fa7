/** JMH benchmarks; each class says what question it answers. */
@NullMarked
package io.nelumbo.bench;

import org.jspecify.annotations.NullMarked;
