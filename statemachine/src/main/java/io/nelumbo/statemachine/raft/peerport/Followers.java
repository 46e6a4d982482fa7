package io.nelumbo.statemachine.raft.peerport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
 */
public final class Followers {
    private static final String PARAMETER = "nelumbo.followers";

    /** One for each follower, of this node's leadership: Ratis begins some anew, and each term. */
    private final List<LogAppender> appenders = new CopyOnWriteArrayList<>();

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
        for (final LogAppender appender : appenders) {
            if (appender.isRunning() && appender.getRaftLog().getNextIndex() == raftIndex + 1) {
                appender.notifyLogAppender();
            }
        }
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
