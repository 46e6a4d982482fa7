package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;

/** {@link Succession} in a Ratis division. On the succession's thread. */
final class RaftSuccession implements Succession.Cluster {

    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(300);

    /**
     * Members that have only just started are slow to speak, and nobody waits for an answer yet.
     */
    private static final Duration PATIENT_ANSWER_TIMEOUT = Duration.ofSeconds(1);

    private final RaftSettings settings;
    private final RaftServer.Division division;
    private final PeerLink link;

    RaftSuccession(
            final RaftSettings settings, final RaftServer.Division division, final PeerLink link) {
        this.settings = settings;
        this.division = division;
        this.link = link;
    }

    @Override
    public String self() {
        return settings.peerId();
    }

    @Override
    public boolean follows(final String leaderPeerId) {
        final RaftPeerId leader = division.getInfo().getLeaderId();
        return division.getInfo().isFollower()
                && leader != null
                && leader.toString().equals(leaderPeerId);
    }

    @Override
    public long term() {
        return division.getInfo().getCurrentTerm();
    }

    @Override
    public boolean isRefusing(final String peerId) {
        return PeerPort.of(settings.cluster().member(peerId)) == PeerPort.REFUSES;
    }

    @Override
    public LastEntry lastEntry() {
        return LastEntry.of(division.getRaftLog().getLastEntryTermIndex());
    }

    @Override
    public List<Succession.Heir> othersThan(final String leaderPeerId) {
        return heirs(leaderPeerId, ANSWER_TIMEOUT);
    }

    @Override
    public void meetOthersThan(final String leaderPeerId) {
        final List<Succession.Heir> unused = heirs(leaderPeerId, PATIENT_ANSWER_TIMEOUT);
    }

    private List<Succession.Heir> heirs(final String leaderPeerId, final Duration wait) {
        return PeerLink.others(settings).stream()
                .filter(peerId -> !peerId.equals(leaderPeerId))
                .map(peerId -> heir(peerId, wait))
                .toList();
    }

    /** Asked one by one, as they are looked at: after one that is not there, none is. */
    @Override
    public Iterable<Succession.Heir> others() {
        return () ->
                PeerLink.others(settings).stream()
                        .map(peerId -> heir(peerId, PATIENT_ANSWER_TIMEOUT))
                        .iterator();
    }

    private Succession.Heir heir(final String peerId, final Duration wait) {
        final long askedNs = System.nanoTime();
        PeerReply reply = link.put(peerId, new PeerQuestion.WhichLastEntry(), wait);
        if (reply instanceof PeerReply.Absent && System.nanoTime() - askedNs < wait.toNanos()) {
            // So says a channel, too, that has not been used since that member was started again.
            reply = link.put(peerId, new PeerQuestion.WhichLastEntry(), wait);
        }
        if (reply instanceof PeerReply.Told told) {
            return Succession.Heir.telling(peerId, LastEntry.decode(told.answer()));
        }
        return reply instanceof PeerReply.Unready
                ? Succession.Heir.silent(peerId)
                : Succession.Heir.absent(peerId);
    }

    /** What a leader that resigns asks its successor to do: only that here, nobody asks. */
    @Override
    public boolean stand() {
        final RaftPeerId leader = division.getInfo().getLeaderId();
        final LastEntry last = lastEntry();
        final RaftRpcRequestProto.Builder asked =
                RaftRpcRequestProto.newBuilder()
                        .setRequestorId(
                                (leader == null ? division.getId() : leader)
                                        .getRaftPeerIdProto()
                                        .getId())
                        .setReplyId(division.getId().getRaftPeerIdProto().getId())
                        .setRaftGroupId(
                                RaftGroupIdProto.newBuilder()
                                        .setId(division.getGroup().getGroupId().toByteString()));
        try {
            return division.getRaftServer()
                    .startLeaderElection(
                            StartLeaderElectionRequestProto.newBuilder()
                                    .setServerRequest(asked)
                                    .setLeaderLastEntry(
                                            TermIndex.valueOf(last.term(), last.index()).toProto())
                                    .build())
                    .getServerReply()
                    .getSuccess();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
