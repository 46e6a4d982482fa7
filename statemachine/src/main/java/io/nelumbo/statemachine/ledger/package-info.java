/**
 * What events mean: the replicated state and the rules by which a batch changes it or is rejected.
 * Deterministic: no clock, no random, no I/O.
 */
@NullMarked
package io.nelumbo.statemachine.ledger;

import org.jspecify.annotations.NullMarked;
