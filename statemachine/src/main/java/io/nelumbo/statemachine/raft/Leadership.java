package io.nelumbo.statemachine.raft;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.util.Daemon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener who leads, in an order that makes sense, on a thread of its own: Ratis says it
 * from several threads, some of which hold the server's lock. Any thread may tell it; what it has
 * announced belongs to the announcing thread.
 */
final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int MAX_ANNOUNCEMENTS = 1024;
    private static final long NO_TERM = -1;

    private final ReplicaListener listener;
    private final Halt halt;
    private final ThreadPoolExecutor announcer;
    private volatile long lostTerm = NO_TERM;
    private long announcedTerm = NO_TERM;
    private String announcedLeader = "";

    Leadership(final String peerId, final ReplicaListener listener, final Halt halt) {
        this.listener = listener;
        this.halt = halt;
        this.announcer =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MAX_ANNOUNCEMENTS),
                        task ->
                                Daemon.newBuilder()
                                        .setName(peerId + "-leadership")
                                        .setRunnable(task)
                                        .build());
    }

    /** Everything committed before {@code term} is applied, and this node leads in it. */
    void won(final long term) {
        announce(
                () -> {
                    // Lost may be said first: the two come from different threads.
                    if (term > lostTerm) {
                        LOG.info("leading in term {}", term);
                        announcedTerm = term;
                        listener.onLeading(term);
                    }
                });
    }

    /** This node does not lead any more, in {@code term} or any before. */
    void lost(final long term) {
        lostTerm = term;
        announce(
                () -> {
                    if (announcedTerm != NO_TERM && announcedTerm <= term) {
                        LOG.info("no longer leading in term {}", announcedTerm);
                        announcedTerm = NO_TERM;
                        listener.onLeadershipLost();
                    }
                });
    }

    /** The leader is this peer, or nobody that this node knows of if the text is empty. */
    void leaderIs(final String peerId) {
        announce(
                () -> {
                    if (!peerId.equals(announcedLeader)) {
                        announcedLeader = peerId;
                        listener.onLeaderChanged(peerId);
                    }
                });
    }

    private void announce(final Runnable announcement) {
        try {
            announcer.execute(
                    () -> {
                        try {
                            announcement.run();
                        } catch (final RuntimeException | Error e) {
                            halt.halt("the listener failed on a change of leadership", e);
                        }
                    });
        } catch (final RejectedExecutionException e) {
            if (!announcer.isShutdown()) {
                halt.halt(
                        "expected at most " + MAX_ANNOUNCEMENTS + " pending leadership changes", e);
            }
        }
    }

    /** Announces what is pending, and no more. */
    @Override
    public void close() {
        announcer.shutdown();
    }
}
