package io.nelumbo.statemachine.raft.peerport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.server.leader.LogAppender;

/**
 * Lets the followers know at once what is committed. Any thread.
 *
 * <p>A leader's entries carry the commit index as it was when they left, so the followers learn of
 * the last commit before a pause only from the next heartbeat, half an election timeout later.
 * Ratis helps itself with one more log entry for each commit, which says nothing but its index:
 * written and forced on every disk, it costs as much as the entry that it speaks of. A heartbeat
 * that is sent right away does the same for nothing, and an appender sends one when it is woken and
 * its follower is behind.
 */
public final class CommitNews {
    private static final String PARAMETER = "nelumbo.commit-news";

    /** Of this node's leadership; those of an earlier one have stopped. */
    private final List<LogAppender> appenders = new CopyOnWriteArrayList<>();

    /** Lets {@link PeerRpc} find it. */
    public void putInto(final Parameters parameters) {
        parameters.put(PARAMETER, this, CommitNews.class);
    }

    static CommitNews in(final Parameters parameters) {
        final CommitNews put = parameters.get(PARAMETER, CommitNews.class);
        return put == null ? new CommitNews() : put;
    }

    LogAppender watch(final LogAppender appender) {
        appenders.removeIf(earlier -> !isOf(earlier, appender));
        appenders.add(appender);
        return appender;
    }

    /**
     * Tells the followers, if this node leads and nothing stands behind that entry in its log: what
     * does tells them as well. A follower that knows already is not told again.
     */
    public void applied(final long raftIndex) {
        for (final LogAppender appender : appenders) {
            if (appender.isRunning() && appender.getRaftLog().getNextIndex() == raftIndex + 1) {
                appender.notifyLogAppender();
            }
        }
    }

    private static boolean isOf(final LogAppender earlier, final LogAppender now) {
        return earlier.getLeaderState() == now.getLeaderState();
    }
}
