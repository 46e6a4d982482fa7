/** The ledger as a file: versioned, checksummed, the same bytes on every node. */
@NullMarked
package io.nelumbo.statemachine.snapshot;

import org.jspecify.annotations.NullMarked;
