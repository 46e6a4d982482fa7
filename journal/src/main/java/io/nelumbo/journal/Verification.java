package io.nelumbo.journal;

/** What a full verification of a journal found. */
public sealed interface Verification {

    /**
     * Every record is sound, from the genesis hash to the last, and all that the checkpoint calls
     * durable is there.
     *
     * @param records number of records
     * @param events number of events
     * @param firstRaftIndex Raft index of the first record, or -1 if there is none
     * @param last just after the last record
     */
    record Intact(long records, long events, long firstRaftIndex, JournalPosition last)
            implements Verification {}

    /**
     * The journal is not what it must be.
     *
     * @param place file and byte position of the fault
     * @param lastSound just after the last record that is sound
     * @param fault what was expected and what was found there
     */
    record Broken(String place, JournalPosition lastSound, Fault fault) implements Verification {}
}
