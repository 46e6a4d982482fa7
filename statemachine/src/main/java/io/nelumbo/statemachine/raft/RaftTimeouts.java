package io.nelumbo.statemachine.raft;

import java.time.Duration;

/**
 * How long this node waits, and for what.
 *
 * @param electionMin a follower that hears nothing from a leader for a random time between this and
 *     {@code electionMax} asks for an election, and up to twice that later, because Ratis looks
 *     only so often; the leader's heartbeats come twice as often
 * @param electionMax see {@code electionMin}; a leader that loses its majority for this long steps
 *     down
 * @param leaderCall a call to the leader fails as unavailable after this
 * @param leaderCallAttempt one attempt of it, after which another node is asked
 * @param retryCacheExpiry how long Ratis remembers submits; our request ids do that work
 * @param journalRepair how long missing journal records are asked for before the node halts
 * @param peerAnswer how long one peer may take over one bundle of them
 */
public record RaftTimeouts(
        Duration electionMin,
        Duration electionMax,
        Duration leaderCall,
        Duration leaderCallAttempt,
        Duration retryCacheExpiry,
        Duration journalRepair,
        Duration peerAnswer) {

    public RaftTimeouts {
        if (electionMin.isNegative()
                || electionMin.isZero()
                || electionMax.compareTo(electionMin) <= 0) {
            throw new IllegalArgumentException(
                    "expected 0 < electionMin < electionMax but were "
                            + electionMin
                            + " and "
                            + electionMax);
        }
    }

    /** Fails over in one to two seconds and rides out short stalls of a loaded machine. */
    public static RaftTimeouts standard() {
        return new RaftTimeouts(
                Duration.ofMillis(700),
                Duration.ofMillis(1_200),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(5));
    }

    /** The same, with another bound for calls to the leader and for each attempt of them. */
    public RaftTimeouts withLeaderCall(final Duration bound, final Duration attempt) {
        return new RaftTimeouts(
                electionMin,
                electionMax,
                bound,
                attempt,
                retryCacheExpiry,
                journalRepair,
                peerAnswer);
    }

    /**
     * The same, but no exchange with a peer takes longer than this: an attempt of a call to the
     * leader, a bundle of journal records. What keeps the cluster together, elections and
     * heartbeats, has bounds of its own.
     */
    public RaftTimeouts withNetworkBound(final Duration bound) {
        return new RaftTimeouts(
                electionMin,
                electionMax,
                leaderCall,
                shorter(leaderCallAttempt, bound),
                retryCacheExpiry,
                journalRepair,
                shorter(peerAnswer, bound));
    }

    private static Duration shorter(final Duration one, final Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
