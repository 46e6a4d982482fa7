package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.peerport.Followers;

/** The parts that a state machine puts Ratis's callbacks through. */
record Replica(
        BatchApplier applier,
        SnapshotStore snapshots,
        SnapshotInterval snapshotInterval,
        PurgedSegments purged,
        JournalRepair repair,
        AppendGate gate,
        Leadership leadership,
        PeerDesk desk,
        Followers followers,
        HaltLatch halt,
        Ending ending) {}
