package io.nelumbo.publisher.devchain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.lotus.FilecoinUpstream;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The development chain as the publisher sees it: over HTTP, through a real upstream. */
final class DevChainServerTest {
    /** No tipset comes by itself: the test mines. */
    private static final long NEVER_MS = TimeUnit.DAYS.toMillis(1);

    private static final Secp256k1Key KEY = Secp256k1Key.of(keyBytes());

    private final DevChainServer server = DevChainServer.start(DevChainOptions.every(NEVER_MS), 0);
    private final ClientConnections connections = ClientConnections.open();
    private final JsonRpcClient client =
            new JsonRpcClient(
                    connections, URI.create(server.url()), null, Duration.ofSeconds(20), 1 << 20);
    private final Upstream upstream =
            new FilecoinUpstream(
                    new LotusNode(client, new LotusJson(Network.TESTNET)),
                    new LotusJson(Network.TESTNET));

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void shouldLandAMessageAndTellWhere() {
        final Signing.Signed signed = signed(0, 100);

        assertThat(push(signed)).containsExactly(new PushOutcome.Accepted());
        assertThat(upstream.nextNonce(KEY.address().account()).join()).isEqualTo(1);
        server.chain().mine(1);
        server.chain().mine(2);

        final Upstream.Landing landing = upstream.find(signed.hash()).join();
        assertThat(landing).isNotNull();
        assertThat(landing.hash()).isEqualTo(signed.hash());
        assertThat(upstream.executedNonce(KEY.address().account(), 0).join().nonce()).isEqualTo(1);
        assertThat(upstream.executedNonce(KEY.address().account(), 1).join().nonce()).isEqualTo(0);
    }

    @Test
    void shouldCallTheSameBytesKnownAndTheUsedNonceTooLow() {
        push(signed(0, 100));

        assertThat(push(signed(0, 100))).containsExactly(new PushOutcome.AlreadyKnown());
        assertThat(push(signed(0, 105)).get(0)).isInstanceOf(PushOutcome.NonceTooLow.class);
        server.chain().mine(1);
        assertThat(push(signed(0, 100)).get(0)).isInstanceOf(PushOutcome.NonceTooLow.class);
    }

    @Test
    void shouldRememberEveryByteStringWhenASlotIsRewritten() {
        push(signed(0, 100));
        push(signed(0, 100));
        push(signed(0, 105));

        assertThat(server.chain().report().rewritten())
                .singleElement()
                .satisfies(slot -> assertThat(slot.cids()).hasSize(2));
    }

    @Test
    void shouldAnswerAndForgetWhenAsked() {
        server.inflict(new ChainFaults(0, 0, 1, 0, 7));

        assertThat(push(signed(0, 100))).containsExactly(new PushOutcome.Accepted());

        assertThat(upstream.nextNonce(KEY.address().account()).join()).isZero();
        assertThat(server.chain().report().slots()).isEqualTo(1);
    }

    @Test
    void shouldRefuseInWordsThatSayNothingOfTheMessageWhenAsked() {
        server.inflict(new ChainFaults(0, 1, 0, 0, 7));

        assertThat(push(signed(0, 100)).get(0)).isInstanceOf(PushOutcome.Ambiguous.class);
    }

    @Test
    void shouldUndoALandingWhenAReorganisationIsOrdered() {
        final Signing.Signed signed = signed(0, 100);
        push(signed);
        server.chain().mine(1);
        server.chain().mine(2);
        assertThat(upstream.find(signed.hash()).join()).isNotNull();

        client.call("Devchain.Reorg", JsonNodeFactory.instance.numberNode(2)).join();

        assertThat(upstream.find(signed.hash()).join()).isNull();
        final JsonNode report = client.call("Devchain.Report").join();
        assertThat(report.path("pending").asInt()).isEqualTo(1);
        assertThat(report.path("landed").asInt()).isZero();
    }

    @Test
    void shouldAnswerAWaitingClientOnceTheMessageIsDeepEnough() {
        final Signing.Signed signed = signed(0, 100);
        push(signed);
        final var waiting =
                client.call(
                        "Filecoin.StateWaitMsg",
                        new LotusJson(Network.TESTNET).writeCid(Cid.ofDigest(signed.hash())),
                        JsonNodeFactory.instance.numberNode(1));
        server.chain().mine(1);
        server.chain().mine(2);
        assertThat(waiting).isNotDone();

        server.chain().mine(3);

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join().path("Height").asInt())
                .isEqualTo(2);
    }

    private List<PushOutcome> push(final Signing.Signed signed) {
        return upstream.push(List.of(signed.bytes())).join();
    }

    private static Signing.Signed signed(final long nonce, final long premium) {
        final FilecoinMessage message =
                new FilecoinMessage(
                        KEY.address(),
                        KEY.address(),
                        0,
                        BigInteger.ONE,
                        1_000_000,
                        BigInteger.valueOf(200_000),
                        BigInteger.valueOf(premium),
                        0,
                        new byte[0]);
        return (Signing.Signed) FilecoinDraft.of(message, KEY).sign(nonce);
    }

    private static byte[] keyBytes() {
        final byte[] bytes = new byte[FilecoinKey.PRIVATE_KEY_BYTES];
        bytes[31] = 7;
        return bytes;
    }
}
