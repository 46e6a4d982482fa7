package io.nelumbo.statemachine.raft;

/**
 * No leader answered a call within its bound. The call may have reached a leader, and may still
 * take effect: retry it with the same request id.
 */
public final class LeaderUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaderUnavailable(final String message, final Throwable cause) {
        super(message, cause);
    }
}
