package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.peerport.PeerDoor;
import io.nelumbo.statemachine.raft.peerport.RefusedPeers;
import java.util.function.BooleanSupplier;
import org.apache.ratis.server.RaftServer;

/**
 * What a started replica runs on.
 *
 * @param journalComplete whether the journal has every batch that the ledger has
 * @param ending told before anything is closed on purpose: whatever closes before was an accident
 */
record RunningParts(
        FolderLock lock,
        RaftServer server,
        RaftServer.Division division,
        Replicator replicator,
        BooleanSupplier journalComplete,
        Leadership leadership,
        LeaderCalls leaderCalls,
        PeerLink link,
        Succession succession,
        PeriodicTask watch,
        PeriodicTask purging,
        PeerDoor door,
        RefusedPeers refused,
        Ending ending) {}
