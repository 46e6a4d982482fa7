package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.peerport.Followers;
import java.io.IOException;
import java.time.Duration;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * Looks, a few times a second, at what Ratis does not call us about: a leader that is gone, an
 * election that is over, members that hold committed entries, a division that has closed. Owned by
 * the thread of its task.
 */
final class ReplicaWatch {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final RaftServer.Division division;
    private final ElectionChannels channels;
    private final PeerPresence presence;
    private final Leadership leadership;
    private final SeenMembers seen;
    private final Succession succession;
    private final Followers followers;
    private final Halt halt;
    private final Ending ending;
    private String lastLeader = "";

    ReplicaWatch(
            final RaftServer.Division division,
            final ElectionChannels channels,
            final PeerPresence presence,
            final Leadership leadership,
            final SeenMembers seen,
            final Succession succession,
            final Followers followers,
            final Halt halt,
            final Ending ending) {
        this.division = division;
        this.channels = channels;
        this.presence = presence;
        this.leadership = leadership;
        this.seen = seen;
        this.succession = succession;
        this.followers = followers;
        this.halt = halt;
        this.ending = ending;
    }

    PeriodicTask start() {
        return PeriodicTask.start(division.getId() + "-watch", INTERVAL, this::look, this::failed);
    }

    private void look() throws IOException {
        if (!division.getInfo().isAlive() && !ending.isClosing()) {
            halt.halt("the Raft server closed by itself; its log above says why", null);
        }
        final RaftPeerId leader = division.getInfo().getLeaderId();
        leaderIs(leader == null ? "" : leader.toString());
        channels.look();
        presence.look(division.getInfo().getRoleInfoProto());
        // Who has acknowledged to us holds what may be committed, and will be missed if it forgets.
        seen.note(followers.holdingEntries());
        seen.note(
                division.getCommitInfos().stream()
                        .filter(member -> member.getCommitIndex() > 0)
                        .map(CommitInfoProto::getServer)
                        .map(server -> server.getId().toStringUtf8())
                        .toList());
    }

    private void leaderIs(final String leader) {
        leadership.leaderIs(leader);
        if (!leader.equals(lastLeader)) {
            lastLeader = leader;
            if (division.getInfo().isFollower()) {
                succession.prepareFor(leader);
            }
        }
    }

    private void failed(final Throwable failure) {
        if (!ending.isClosing()) {
            halt.halt("the members seen could not be kept, or Ratis did not answer", failure);
        }
    }
}
