package io.nelumbo.statemachine.raft;

/** What came of asking one peer once. */
sealed interface PeerReply {

    /** It told. */
    record Told(byte[] answer) implements PeerReply {}

    /** It is there, but cannot tell now: it answered with a failure, or not in time. */
    record Unready(String why) implements PeerReply {}

    /** Nobody is there: its port refuses, or its machine says nothing. */
    record Absent(String why) implements PeerReply {}
}
