package io.nelumbo.statemachine.raft;

/**
 * What a submit came to, as far as the submitter can know. Truth comes from apply alone: {@code
 * Unknown} may still commit, and nothing may be rolled back on it.
 */
public sealed interface SubmitOutcome {

    /** Committed and applied on this node at this Raft index. */
    record Committed(long raftIndex) implements SubmitOutcome {}

    /** Refused before it was appended: it can never commit. */
    record Refused(String reason) implements SubmitOutcome {}

    /** Lost sight of: it may commit, now or later, or never. */
    record Unknown(String reason) implements SubmitOutcome {}
}
