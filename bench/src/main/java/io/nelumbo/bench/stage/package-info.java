/**
 * JMH benchmarks of the stages that a message passes on its way, one class for each stage; each
 * says what question it answers, and what is inside the measured loop.
 */
@NullMarked
package io.nelumbo.bench.stage;

import org.jspecify.annotations.NullMarked;
