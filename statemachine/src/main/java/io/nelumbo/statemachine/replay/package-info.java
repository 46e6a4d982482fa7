/** A journal folded into the ledger that it proves (I7). */
@NullMarked
package io.nelumbo.statemachine.replay;

import org.jspecify.annotations.NullMarked;
