package io.nelumbo.statemachine.raft;

/** The log holds what only a newer version of this software may apply. */
final class UpgradeNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpgradeNeeded(final String message) {
        super(message);
    }
}
