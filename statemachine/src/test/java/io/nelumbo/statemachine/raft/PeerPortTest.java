package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.identity.PeerKey;
import io.nelumbo.statemachine.raft.peerport.RefusedPeers;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a word in on the peer port of a running cluster of three. */
final class PeerPortTest {
    private static final int PLACES = 64;
    private static final int TOO_MANY = 80;

    @TempDir private static Path folder;
    private static TestCluster cluster;
    private static TestNode node;
    private long refusedBefore;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = TestCluster.start(folder);
        node = cluster.leader();
        cluster.openEpoch();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void countFromHere() {
        refusedBefore = node.raft().status().peersRefused();
    }

    @Test
    void shouldRefuseAndCountAStrangerWithACertificateOfHisOwn() {
        final PeerIdentity stranger = PeerIdentity.generate();

        assertThatThrownBy(() -> speakTls(new PeerKey(stranger, InstantSource.system())))
                .isInstanceOf(IOException.class);
        expectRefusals(1);
    }

    @Test
    void shouldRefuseAMemberWhoseCertificateHasRunOut() {
        final Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        final PeerKey expired = new PeerKey(TestPeers.B, InstantSource.fixed(longAgo));

        assertThatThrownBy(() -> speakTls(expired)).isInstanceOf(IOException.class);
        expectRefusals(1);
    }

    @Test
    void shouldRefuseWhoeverShowsNoCertificate() {
        assertThatThrownBy(() -> speakTls(null)).isInstanceOf(IOException.class);
        expectRefusals(1);
    }

    @Test
    void shouldRefusePlainText() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));

            assertThat(endOf(socket)).isTrue();
        }
        expectRefusals(1);
        cluster.commit(1);
    }

    @Test
    void shouldLetAMemberSpeak() throws Exception {
        speakTls(new PeerKey(TestPeers.B, InstantSource.system()));

        assertThat(refusals()).isZero();
    }

    /** I12: what a member once said proves nothing when somebody else says it again. */
    @Test
    void shouldNotHearTheWordsOfAMemberAgain() throws Exception {
        // given: everything that a member sent, from its first word to after its handshake
        final byte[] said;
        final ListenAddress listen = node.settings.listen();
        try (RecordingRelay relay = RecordingRelay.to(listen.host(), listen.port())) {
            speakTls(
                    new PeerKey(TestPeers.B, InstantSource.system()),
                    new Socket("127.0.0.1", relay.port()));
            said = relay.said();
        }
        assertThat(said.length).isGreaterThan(500);

        // when: the server's part of a handshake is another each time
        try (Socket socket = connect()) {
            socket.getOutputStream().write(said);
            while (!endOf(socket)) {
                assertThat(socket.isConnected()).isTrue();
            }
        }

        // then
        expectRefusals(1);
        cluster.commit(1);
    }

    @Test
    void shouldLetAMemberInWhileStrangersHoldEveryPlaceAtTheDoor() throws Exception {
        // given: more silent connections than there are places
        final List<Socket> silent = new ArrayList<>();
        try {
            for (int n = 0; n < TOO_MANY; n++) {
                silent.add(connect());
            }
            expectRefusals(TOO_MANY - PLACES);

            // when, then: a member that comes anew, as all do at an election, pushes one out
            speakTls(new PeerKey(TestPeers.B, InstantSource.system()));
            cluster.commit(20);
        } finally {
            for (final Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotBeHeardAsARaftClientWithoutBeingAMember() throws IOException {
        // given: a stranger who knows the group's id and everybody's address
        final PeerIdentity stranger = PeerIdentity.generate();
        final List<RaftMember> known = new ArrayList<>(node.settings.cluster().members());
        known.add(TestPeers.member(stranger, 1));
        final UUID group = node.settings.cluster().id();
        final RaftSettings settings =
                RaftSettings.standard(
                        stranger, new RaftCluster(group, known), folder.resolve("stranger"));
        final RaftPeerId leader = RaftPeerId.valueOf(node.peerId());

        final AtomicInteger heard = new AtomicInteger();
        node.listener.onCall =
                request -> {
                    heard.incrementAndGet();
                    return RecordingListener.ECHO.apply(request);
                };

        // when, then
        try (PeerLink link =
                new PeerLink(
                        settings,
                        RaftStart.groupOf(settings),
                        RaftStart.securityOf(settings, new RefusedPeers()))) {
            assertThat(link.send(leader, new byte[] {1})).failsWithin(Await.DEADLINE);
        }
        assertThat(heard).hasValue(0);
        assertThat(refusals()).isPositive();
    }

    private void expectRefusals(final long atLeast) {
        Await.until("refusals", () -> refusals() >= atLeast);
    }

    private long refusals() {
        return node.raft().status().peersRefused() - refusedBefore;
    }

    private static Socket connect() throws IOException {
        return new Socket(node.settings.listen().host(), node.settings.listen().port());
    }

    /** Shakes hands, and reads: in TLS 1.3 the refusal comes after the client's last word. */
    private static void speakTls(final @Nullable PeerKey key)
            throws IOException, GeneralSecurityException {
        speakTls(key, connect());
    }

    private static void speakTls(final @Nullable PeerKey key, final Socket connection)
            throws IOException, GeneralSecurityException {
        final SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                key == null ? new KeyManager[0] : new KeyManager[] {key},
                new TrustManager[] {new TrustingClient()},
                new SecureRandom());
        try (Socket plain = connection;
                SSLSocket socket =
                        (SSLSocket)
                                context.getSocketFactory()
                                        .createSocket(plain, "127.0.0.1", plain.getPort(), true)) {
            final var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) Await.DEADLINE.toMillis());
            socket.startHandshake();
            // HTTP/2: the server's first frame is its settings.
            if (socket.getInputStream().read() < 0) {
                throw new IOException("closed");
            }
        }
    }

    private static boolean endOf(final Socket socket) throws IOException {
        socket.setSoTimeout((int) Await.DEADLINE.toMillis());
        return socket.getInputStream().read() < 0;
    }
}
