/** The only importer of Ratis: replicates batches, applies them, and says who leads. */
@NullMarked
package io.nelumbo.statemachine.raft;

import org.jspecify.annotations.NullMarked;
