package io.nelumbo.statemachine.raft.peerport;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.server.leader.LogAppender;

/**
 * The followers of this node, while it leads. Any thread.
 *
 * <p>It lets them know at once what is committed. A leader's entries carry the commit index as it
 * was when they left, so the followers learn of the last commit before a pause only from the next
 * heartbeat, half an election timeout later. Ratis helps itself with one more log entry for each
 * commit, which says nothing but its index: written and forced on every disk, it costs as much as
 * the entry that it speaks of. A heartbeat that is sent right away says the same, and nobody has to
 * write it down: see {@link NewsAppender}.
 *
 * <p>A heartbeat costs the three nodes about half as much work as a small entry. So when the last
 * one was sent only a moment ago, the next waits: whoever publishes one message after the other has
 * each commit told by the entry behind it, and the followers know of the last one that much later.
 */
public final class Followers {
    private static final String PARAMETER = "nelumbo.followers";

    /** Some entries at the pace of a single client; little beside the way of a message. */
    private static final long NEWS_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** One for each follower, of this node's leadership: Ratis begins some anew, and each term. */
    private final List<LogAppender> appenders = new CopyOnWriteArrayList<>();

    private final AtomicBoolean isPostponed = new AtomicBoolean();
    private volatile long lastApplied = -1;
    private volatile long newsUpTo = -1;
    private volatile long toldNs = System.nanoTime() - NEWS_EVERY_NS;

    /** Lets {@link PeerRpc} find it. */
    public void putInto(final Parameters parameters) {
        parameters.put(PARAMETER, this, Followers.class);
    }

    static Followers in(final Parameters parameters) {
        final Followers put = parameters.get(PARAMETER, Followers.class);
        return put == null ? new Followers() : put;
    }

    LogAppender watch(final LogAppender appender) {
        appenders.removeIf(earlier -> isReplacedBy(appender, earlier));
        appenders.add(appender);
        return appender;
    }

    /**
     * Tells the followers, if this node leads and nothing stands behind that entry in its log: what
     * does tells them as well. A follower that knows already is not told again.
     */
    public void applied(final long raftIndex) {
        lastApplied = raftIndex;
        if (!isLast(raftIndex)) {
            return;
        }
        final long leftNs = toldNs + NEWS_EVERY_NS - System.nanoTime();
        if (leftNs <= 0) {
            tell(raftIndex);
        } else if (isPostponed.compareAndSet(false, true)) {
            final Executor later =
                    CompletableFuture.delayedExecutor(leftNs, TimeUnit.NANOSECONDS, Runnable::run);
            later.execute(this::tellPostponed);
        }
    }

    /** What was applied meanwhile is told with it; what comes behind that tells it by itself. */
    private void tellPostponed() {
        isPostponed.set(false);
        final long raftIndex = lastApplied;
        if (isLast(raftIndex)) {
            tell(raftIndex);
        }
    }

    private void tell(final long raftIndex) {
        toldNs = System.nanoTime();
        newsUpTo = raftIndex;
        appenders.forEach(LogAppender::notifyLogAppender);
    }

    private boolean isLast(final long raftIndex) {
        for (final LogAppender appender : appenders) {
            if (appender.isRunning()) {
                return appender.getRaftLog().getNextIndex() == raftIndex + 1;
            }
        }
        return false;
    }

    /** Raft index of the last entry whose commit the followers shall hear of at once. */
    long newsUpTo() {
        return newsUpTo;
    }

    /** Peer ids of those that have acknowledged an entry to this node as their leader. */
    public List<String> holdingEntries() {
        return appenders.stream()
                .map(LogAppender::getFollower)
                .filter(follower -> follower.getMatchIndex() >= 0)
                .map(follower -> follower.getId().toString())
                .toList();
    }

    private static boolean isReplacedBy(final LogAppender now, final LogAppender earlier) {
        return earlier.getLeaderState() != now.getLeaderState()
                || earlier.getFollowerId().equals(now.getFollowerId());
    }
}
