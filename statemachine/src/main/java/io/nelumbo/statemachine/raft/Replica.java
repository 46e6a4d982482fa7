package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.peerport.CommitNews;

/** The parts that a state machine puts Ratis's callbacks through. */
record Replica(
        BatchApplier applier,
        SnapshotStore snapshots,
        JournalRepair repair,
        AppendGate gate,
        Leadership leadership,
        PeerDesk desk,
        CommitNews news,
        HaltLatch halt,
        Ending ending) {}
