package io.nelumbo.statemachine.raft;

/** Nobody wants the snapshot any more that is being written: no failure, and no reason to halt. */
final class SnapshotAbandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotAbandoned() {
        super("expected a snapshot to be wanted until it is written but it was abandoned");
    }
}
