package io.nelumbo.statemachine.raft;

/**
 * The replica ended while its journal was being repaired. Nothing is lost: the next start begins
 * from the same snapshot and goes on with the repair.
 */
final class RepairAbandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepairAbandoned(final String message) {
        super(message);
    }
}
