package io.nelumbo.journal;

import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's records in order and verifies each: CRC, hash chain, order. Read-only: it
 * changes nothing in the folder and may run beside the node that appends. Owned by one thread.
 */
public interface JournalReader extends AutoCloseable {

    /**
     * The next record, or null after the last one. After null, call again later to see what was
     * appended in between.
     *
     * @throws JournalFailure if the journal is broken here; the message names file and position.
     *     The reader stays at the fault
     */
    @Nullable JournalRecord next();

    /** Just after the last record that was read. */
    JournalPosition position();

    @Override
    void close();
}
