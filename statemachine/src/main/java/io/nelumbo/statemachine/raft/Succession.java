package io.nelumbo.statemachine.raft;

import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.util.Daemon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a new leader elected as soon as the old one's process is known to be gone, instead of waiting
 * until its silence has lasted an election timeout, and the first of all as soon as every member is
 * there. Any thread tells it; it works on a thread of its own.
 *
 * <p>It only decides <em>when</em> an election begins; who wins, and that there is one leader for
 * each term, is Raft's as ever, so no mistake here can cost more than an election too many. And it
 * takes no chances with a leader that lives: connections end for many reasons, but a peer port that
 * refuses them belongs to no running node. A machine that is off or cut off refuses nothing, and is
 * left to the timeouts.
 *
 * <p>Two who stand at once may split the votes, and then wait for a timeout after all. So the one
 * with more of the log stands first, and of two who have the same, the one with the lower peer id.
 * One who is there and too slow to tell counts as having the same: it may be standing already. One
 * who was told that another has more waits twice as long, as it cannot win: that other may be
 * waiting for it, if it was the one too slow to tell.
 */
final class Succession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /**
     * In which whoever comes first has won, as a rule: young processes on few cores took half a
     * second for it. Below what a split vote costs, which is an election timeout.
     */
    static final long SECOND_AFTER_MS = 600;

    /** More connections of one leader cannot end before the first end is looked at. */
    private static final int MAX_WAITING = 16;

    /** What it looks at, and what it may do. */
    interface Cluster {
        /** This node's peer id. */
        String self();

        /** Whether this node follows that leader. */
        boolean follows(String leaderPeerId);

        long term();

        /** Whether nobody listens at that member's peer port although its machine answers. */
        boolean isRefusing(String peerId);

        /** The last entry of this node's log. */
        LastEntry lastEntry();

        /** Each member but this one and that leader, as it answers now. */
        Iterable<Heir> othersThan(String leaderPeerId);

        /** Asks them the same, with more patience, for nothing but the way to them. */
        void meetOthersThan(String leaderPeerId);

        /** Each member but this one, as it answers now. */
        Iterable<Heir> others();

        /**
         * Stands for election in the next term, at once.
         *
         * @return false if it may not now: it is no follower, or the term has passed its last entry
         */
        boolean stand();
    }

    /**
     * Another member that may succeed.
     *
     * @param lastEntry if it tells
     * @param isThere whether it listens, whatever it tells
     */
    record Heir(String peerId, Optional<LastEntry> lastEntry, boolean isThere) {

        static Heir telling(final String peerId, final LastEntry lastEntry) {
            return new Heir(peerId, Optional.of(lastEntry), true);
        }

        static Heir silent(final String peerId) {
            return new Heir(peerId, Optional.empty(), true);
        }

        static Heir absent(final String peerId) {
            return new Heir(peerId, Optional.empty(), false);
        }
    }

    private final Cluster cluster;
    private final ScheduledThreadPoolExecutor thread;

    Succession(final Cluster cluster) {
        this(
                cluster,
                new ScheduledThreadPoolExecutor(
                        1,
                        task ->
                                Daemon.newBuilder()
                                        .setName(cluster.self() + "-succession")
                                        .setRunnable(task)
                                        .build()));
    }

    /** Works on that thread, and ends it. */
    Succession(final Cluster cluster, final ScheduledThreadPoolExecutor thread) {
        this.cluster = cluster;
        this.thread = thread;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Event loops tell it of ends, also of those that this node's own stop makes.
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Asks the others what it would ask if this leader were gone, for the answers' way: the first
     * question to a member takes far longer than the next. So does the first after its restart,
     * which may be later; then it counts as too slow to tell.
     */
    void prepareFor(final String leader) {
        if (thread.getQueue().size() < MAX_WAITING) {
            thread.execute(() -> ask(leader));
        }
    }

    private void ask(final String leader) {
        try {
            if (cluster.follows(leader)) {
                cluster.meetOthersThan(leader);
            }
        } catch (final RuntimeException e) {
            LOG.warn("{} leads; the others could not be asked: {}", leader, e.toString());
        }
    }

    /** A member has no connection to this node any more. */
    void gone(final String peerId) {
        if (cluster.follows(peerId) && thread.getQueue().size() < MAX_WAITING) {
            thread.execute(() -> attempt(peerId, () -> succeed(peerId)));
        }
    }

    /** Stands whoever leads; throws IllegalStateException if it may not now. */
    void standNow() {
        if (!cluster.stand()) {
            throw new IllegalStateException(
                    "expected to stand for election but may not in term " + cluster.term());
        }
    }

    /**
     * Stands at once, for the only member of a cluster: there is no leader that could still be
     * heard from. Where it may not or cannot, that is left to the timeouts.
     */
    void standAlone() {
        try {
            if (!cluster.stand()) {
                LOG.info("may not stand alone in term {}; left to the timeouts", cluster.term());
            }
        } catch (final RuntimeException e) {
            LOG.warn("could not stand alone; left to the timeouts: {}", e.toString());
        }
    }

    /**
     * Stands at once if a cluster is being founded, and everybody is there: no member has any
     * entry, so there never was a leader, and nobody is left to wait for. Of members that start one
     * after the other the last one finds it so; of two that find it at the same moment, a third
     * decides. Anything else is left to the timeouts.
     */
    void found() {
        if (!cluster.lastEntry().equals(LastEntry.NONE)) {
            return;
        }
        thread.execute(
                () -> {
                    try {
                        if (isEverybodyNew() && cluster.term() == 0 && cluster.stand()) {
                            LOG.info("every member is there and new: standing for election");
                        }
                    } catch (final RuntimeException e) {
                        LOG.warn("the first election is left to the timeouts: {}", e.toString());
                    }
                });
    }

    private boolean isEverybodyNew() {
        for (final Heir other : cluster.others()) {
            if (!other.lastEntry().equals(Optional.of(LastEntry.NONE))) {
                return false;
            }
        }
        return true;
    }

    /** Whatever fails here costs nothing but time: the timeouts go on. */
    private static void attempt(final String leader, final Runnable step) {
        try {
            step.run();
        } catch (final RuntimeException e) {
            LOG.warn("the leader {} is gone; left to the timeouts: {}", leader, e.toString());
        }
    }

    private void succeed(final String leader) {
        if (!cluster.follows(leader) || !cluster.isRefusing(leader)) {
            return;
        }
        final long term = cluster.term();
        final long waitMs = waitMs(leader);
        if (waitMs == 0) {
            stand(leader, term);
        } else {
            final var unused =
                    thread.schedule(
                            () -> attempt(leader, () -> stand(leader, term)),
                            waitMs,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** The longest that this node waits for any other to be elected. */
    private long waitMs(final String leader) {
        final LastEntry own = cluster.lastEntry();
        long longestMs = 0;
        for (final Heir heir : cluster.othersThan(leader)) {
            if (heir.isThere()) {
                longestMs = Math.max(longestMs, waitMs(heir, own));
            }
        }
        return longestMs;
    }

    private long waitMs(final Heir heir, final LastEntry own) {
        final int more = heir.lastEntry().map(last -> last.compareTo(own)).orElse(0);
        if (more > 0) {
            return 2 * SECOND_AFTER_MS;
        }
        return more == 0 && heir.peerId().compareTo(cluster.self()) < 0 ? SECOND_AFTER_MS : 0;
    }

    private void stand(final String leader, final long term) {
        if (cluster.follows(leader) && cluster.term() == term) {
            if (cluster.stand()) {
                LOG.info("the leader {} is gone: standing for election", leader);
            } else {
                LOG.info(
                        "the leader {} is gone, but this node may not stand in term {}; left to"
                                + " the timeouts",
                        leader,
                        cluster.term());
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
