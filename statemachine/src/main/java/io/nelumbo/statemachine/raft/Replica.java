package io.nelumbo.statemachine.raft;

/** The parts that a state machine puts Ratis's callbacks through. */
record Replica(
        BatchApplier applier,
        SnapshotStore snapshots,
        JournalRepair repair,
        AppendGate gate,
        Leadership leadership,
        PeerDesk desk,
        HaltLatch halt,
        Ending ending) {}
