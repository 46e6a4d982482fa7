package io.nelumbo.statemachine.raft.peerport;

import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.raftlog.RaftLogIOException;

/**
 * Ratis's appender, which when it is woken and has nothing to send but the news of a commit sends
 * that, in a heartbeat. Ratis's own looks whether its follower is behind, too, and then waits for
 * the next heartbeat's time all the same. Owned by its own thread; others wake it.
 */
final class NewsAppender extends GrpcLogAppender {

    private final Followers followers;

    NewsAppender(
            final RaftServer.Division server,
            final LeaderState leaderState,
            final FollowerInfo follower,
            final Followers followers) {
        super(server, leaderState, follower);
        this.followers = followers;
    }

    @Override
    public AppendEntriesRequestProto newAppendEntriesRequest(
            final long callId, final boolean heartbeat) throws RaftLogIOException {
        return super.newAppendEntriesRequest(callId, heartbeat || hasOnlyNews());
    }

    /**
     * While entries are under way a heartbeat tells a follower nothing, because it does not say
     * which entries it follows on; the answer to those entries wakes this appender again.
     */
    private boolean hasOnlyNews() {
        return !hasPendingDataRequests()
                && getFollower().getNextIndex() == getRaftLog().getNextIndex()
                && getFollower().getCommitIndex() < followers.newsUpTo();
    }
}
