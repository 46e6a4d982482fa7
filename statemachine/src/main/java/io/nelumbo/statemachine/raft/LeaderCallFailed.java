package io.nelumbo.statemachine.raft;

/** The leader answered a call, but only to say that it failed there; the message says why. */
public final class LeaderCallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaderCallFailed(final String message) {
        super(message);
    }
}
