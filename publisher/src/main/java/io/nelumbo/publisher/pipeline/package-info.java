/** From a draft to a receipt: one Disruptor ring that sequences, signs and replicates. */
@NullMarked
package io.nelumbo.publisher.pipeline;

import org.jspecify.annotations.NullMarked;
