package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.peerport.Followers;
import io.nelumbo.statemachine.raft.peerport.PeerDoor;
import io.nelumbo.statemachine.raft.peerport.PeerTls;
import io.nelumbo.statemachine.raft.peerport.RefusedPeers;
import io.nelumbo.statemachine.snapshot.Snapshot;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;

/** Puts a replica together and starts it. Owned by the starting thread; used once. */
final class RaftStart {

    private static final Duration SEEN_WAIT = Duration.ofSeconds(2);
    private static final Duration SEEN_BOUND = Duration.ofSeconds(30);

    private final RaftSettings settings;
    private final Ledger ledger;
    private final Journal journal;
    private final ReplicaListener listener;
    private final HaltLatch halt;
    private final RaftGroup group;
    private final Ending ending = new Ending();
    private final RefusedPeers refused = new RefusedPeers();
    private final Followers followers = new Followers();
    private final Parameters security;
    private volatile RaftServer.@Nullable Division started;

    RaftStart(
            final RaftSettings settings,
            final Ledger ledger,
            final Journal journal,
            final ReplicaListener listener,
            final Halt halt) {
        this.settings = settings;
        this.ledger = ledger;
        this.journal = journal;
        this.listener = listener;
        this.halt = new HaltLatch(halt, ending);
        this.group = groupOf(settings);
        this.security = securityOf(settings, refused);
    }

    static RaftGroup groupOf(final RaftSettings settings) {
        return RaftGroup.valueOf(
                RaftGroupId.valueOf(settings.cluster().id()),
                settings.cluster().members().stream().map(RaftStart::peer).toList());
    }

    static Parameters securityOf(final RaftSettings settings, final RefusedPeers refused) {
        return PeerTls.parameters(
                settings.identity(), new ClusterMembers(settings.cluster()), refused);
    }

    RunningParts start() throws IOException {
        keepExitOurs();
        final FolderLock lock = FolderLock.acquire(settings.folder());
        final PeerLink link = new PeerLink(settings, group, security);
        final Leadership leadership = new Leadership(settings.peerId(), listener, halt);
        final PeerDoor door = new PeerDoor(refused);
        door.serve(security);
        followers.putInto(security);
        try {
            new RaftFolder(settings)
                    .open(journal.last().raftIndex() >= 0, remembrance(link)::hasBeenSeen);
            TornTail.cut(settings.storageFolder());
            HalfInstalled.undo(settings.storageFolder());
            final Snapshot intact = DamagedSnapshots.setAside(settings.storageFolder());
            HalfInstalled.clear(settings.storageFolder(), intact != null);
            return start(lock, link, leadership, door, intact);
        } catch (final IOException | RuntimeException e) {
            ending.close();
            door.close();
            leadership.close();
            link.close();
            lock.close();
            throw e;
        }
    }

    private RunningParts start(
            final FolderLock lock,
            final PeerLink link,
            final Leadership leadership,
            final PeerDoor door,
            final @Nullable Snapshot intact)
            throws IOException {
        final SnapshotStore snapshots = new SnapshotStore(ledger, journal);
        snapshots.expectToRestore(intact);
        final PurgedSegments purged = settings.purgedSegments();
        purged.clear();
        final SeenMembers seen = SeenMembers.open(settings.folder());
        final Replica replica =
                new Replica(
                        new BatchApplier(ledger, journal, listener),
                        snapshots,
                        SnapshotInterval.of(settings),
                        purged,
                        new JournalRepair(journal, link, settings, ending),
                        new AppendGate(),
                        leadership,
                        new PeerDesk(journal, seen, listener, this::lastEntry),
                        followers,
                        halt,
                        ending);
        final RaftServer server =
                RaftServer.newBuilder()
                        .setServerId(RaftPeerId.valueOf(settings.peerId()))
                        .setGroup(group)
                        .setProperties(RatisProperties.of(settings))
                        .setParameters(security)
                        .setOption(RaftStorage.StartupOption.RECOVER)
                        .setStateMachine(new LedgerStateMachine(replica))
                        .build();
        try {
            server.start();
        } catch (final IOException | RuntimeException e) {
            ending.close();
            server.close();
            throw new IOException(
                    "expected to start the Raft server of "
                            + settings.peerId()
                            + " at "
                            + settings.listen()
                            + " in "
                            + settings.folder()
                            + " but failed: "
                            + Causes.rootOf(e),
                    e);
        }
        final RaftServer.Division division = server.getDivision(group.getGroupId());
        started = division;
        recallCommits(division.getRaftLog());
        final Succession succession = new Succession(new RaftSuccession(settings, division, link));
        door.present().onGone(succession::gone);
        if (settings.cluster().members().size() == 1) {
            succession.standAlone();
        } else {
            succession.found();
        }
        final PeriodicTask watch =
                new ReplicaWatch(
                                division,
                                new ElectionChannels(division, settings.timeouts()),
                                new PeerPresence(settings.timeouts()),
                                leadership,
                                seen,
                                succession,
                                followers,
                                halt,
                                ending)
                        .start();
        return running(lock, server, replica, link, succession, door, watch);
    }

    private RunningParts running(
            final FolderLock lock,
            final RaftServer server,
            final Replica replica,
            final PeerLink link,
            final Succession succession,
            final PeerDoor door,
            final PeriodicTask watch)
            throws IOException {
        final RaftServer.Division division = server.getDivision(group.getGroupId());
        final RaftReplicator replicator =
                new RaftReplicator(
                        // The division appends on our thread; the server would hop to another.
                        division instanceof RaftClientAsynchronousProtocol direct ? direct : server,
                        division.getInfo(),
                        division.getMemberId(),
                        replica.gate(),
                        settings.limits().maxBatchBytes());
        return new RunningParts(
                lock,
                server,
                division,
                replicator,
                replica.applier()::isJournalComplete,
                replica.leadership(),
                new LeaderCalls(
                        division.getInfo()::getLeaderId,
                        division.getInfo()::isLeaderReady,
                        replica.desk()::leaderCall,
                        link,
                        settings.timeouts().leaderCall()),
                link,
                succession,
                watch,
                replica.purged().start(),
                door,
                refused,
                ending);
    }

    /** Asked by others, perhaps before we are ready to tell. */
    private LastEntry lastEntry() {
        final RaftServer.Division division = started;
        if (division == null) {
            throw new IllegalStateException("expected to have started before anybody asks");
        }
        return LastEntry.of(division.getRaftLog().getLastEntryTermIndex());
    }

    private static RaftPeer peer(final RaftMember member) {
        return RaftPeer.newBuilder().setId(member.peerId()).setAddress(member.address()).build();
    }

    private Remembrance remembrance(final PeerLink link) {
        final PeerQuestion question = new PeerQuestion.HasSeen(settings.peerId());
        return new Remembrance(
                PeerLink.others(settings), peer -> link.put(peer, question, SEEN_WAIT), SEEN_BOUND);
    }

    /**
     * What the journal holds was applied, so it is committed; Ratis keeps no memory of that but its
     * snapshots. Whoever knows of commits counts no vote of an empty log (Ratis, LeaderElection): a
     * member that came back with nothing, and was let in because nobody was there to miss it, helps
     * nobody into office who may lack what it acknowledged (I5).
     */
    private void recallCommits(final RaftLog log) {
        final JournalPosition journaled = journal.last();
        final TermIndex entry = log.getTermIndex(journaled.raftIndex());
        if (entry != null && entry.getTerm() == journaled.raftTerm()) {
            log.updateCommitIndex(entry.getIndex(), entry.getTerm(), false);
        }
    }

    /** Ratis would call System.exit when a port is taken, and on any uncaught exception. */
    private static void keepExitOurs() {
        final @Nullable UncaughtExceptionHandler before =
                Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
