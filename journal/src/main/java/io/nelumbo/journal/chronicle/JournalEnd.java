package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalPosition;

/**
 * Where the journal ends.
 *
 * @param position just after the last record
 * @param begin where that record begins
 * @param end where that record ends
 */
record JournalEnd(JournalPosition position, Place begin, Place end) {}
