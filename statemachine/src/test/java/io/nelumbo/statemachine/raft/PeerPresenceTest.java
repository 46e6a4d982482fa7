package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LeaderInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class PeerPresenceTest {

    private static final long PRESENT_MS = 100;
    private static final long JUST_ELECTED_MS = TestCluster.FAST.electionMax().toMillis();
    private static final long AWAY_MS = 10_000;

    private final Logger log = (Logger) LoggerFactory.getLogger(PeerPresence.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final PeerPresence presence = new PeerPresence(TestCluster.FAST);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void shouldSayOneLineWhenAPeerGoesAndOneWhenItComesBack() {
        // when
        presence.look(leading(PRESENT_MS));
        presence.look(leading(AWAY_MS));
        presence.look(leading(2 * AWAY_MS));
        presence.look(leading(PRESENT_MS));
        presence.look(leading(PRESENT_MS));

        // then
        assertThat(said())
                .containsExactly("peer-b went away: no answer for PT10S", "peer-b is back");
    }

    @Test
    void shouldSayNothingWhenALeaderIsNewAndHasHeardNobodyYet() {
        presence.look(leading(JUST_ELECTED_MS));

        assertThat(said()).isEmpty();
    }

    @Test
    void shouldSayItAnewWhenItLeadsAgain() {
        // when
        presence.look(leading(AWAY_MS));
        presence.look(RoleInfoProto.newBuilder().setRole(RaftPeerRole.FOLLOWER).build());
        presence.look(leading(AWAY_MS));

        // then
        assertThat(said()).hasSize(2);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static RoleInfoProto leading(final long silentMs) {
        return RoleInfoProto.newBuilder()
                .setRole(RaftPeerRole.LEADER)
                .setLeaderInfo(
                        LeaderInfoProto.newBuilder()
                                .addFollowerInfo(
                                        ServerRpcProto.newBuilder()
                                                .setId(
                                                        RaftPeerProto.newBuilder()
                                                                .setId(
                                                                        ByteString.copyFromUtf8(
                                                                                "peer-b")))
                                                .setLastRpcElapsedTimeMs(silentMs)))
                .build();
    }
}
