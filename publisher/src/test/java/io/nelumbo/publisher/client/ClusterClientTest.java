package io.nelumbo.publisher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.client.FakeNode.Deed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One client, several nodes, and what nodes do when they are not well. */
final class ClusterClientTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final FilecoinMessage MESSAGE = KnownAccounts.transfer(1_000_000).withNonce(0);
    private static final String NO_LEADER =
            "no leader within 15000 ms; nothing was published: retry, with the same MsgUuid if you"
                    + " gave one";
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final FakeLedger ledger = new FakeLedger();

    @AfterEach
    void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void shouldGoOnWithTheNextNodeWhenTheFirstIsDead() throws Exception {
        final FakeNode second = node(FakeNode.answering("7"));
        final ClusterClient client = client(patient(), FakeNode.at(deadPort()), second.apiInfo());

        assertThat(value(client.nonce(KnownAccounts.SENDER))).isEqualTo(7);
    }

    @Test
    void shouldPayOneConnectTimeoutForANodeThatIsSwitchedOffAndNoneLater() throws Exception {
        final Duration connectTimeout = Duration.ofSeconds(1);
        final FakeNode second = node(FakeNode.answering("7"));
        final ClusterClient client =
                client(
                        new ClientOptions(LONG, LONG, connectTimeout, LONG, 1),
                        FakeNode.at(portWhereNobodyAnswers()),
                        second.apiInfo());

        final Duration first = timeOf(client);
        final Duration later = timeOf(client);

        assertThat(first).isGreaterThanOrEqualTo(connectTimeout);
        assertThat(later).isLessThan(connectTimeout);
    }

    @Test
    void shouldLeaveANodeThatHangsAndNotAskItFirstAgain() throws Exception {
        final FakeNode hanging = node(new FakeNode(call -> new Deed.Silence()));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client =
                client(patient().withNodeTimeout(SHORT), hanging.apiInfo(), second.apiInfo());

        value(client.push(MESSAGE, UUID.randomUUID()));
        value(client.push(MESSAGE, UUID.randomUUID()));

        assertThat(hanging.calls()).hasSize(1);
        assertThat(second.requestIds().get(0)).isEqualTo(hanging.requestIds().get(0));
        assertThat(ledger.messages()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenSomethingElseAnswersInANodesPlace() throws Exception {
        final FakeNode busy = node(new FakeNode(call -> new Deed.Http(503, "try later")));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client = client(patient(), busy.apiInfo(), second.apiInfo());

        assertThat(value(client.push(MESSAGE, UUID.randomUUID())).message().nonce()).isZero();
        assertThat(busy.requestIds()).isEqualTo(second.requestIds());
    }

    @Test
    void shouldGoOnWithANodeThatHasALeader() throws Exception {
        final FakeNode cutOff = node(FakeNode.refusing(NO_LEADER));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client = client(patient(), cutOff.apiInfo(), second.apiInfo());

        value(client.push(MESSAGE, UUID.randomUUID()));
        value(client.push(MESSAGE, UUID.randomUUID()));

        assertThat(cutOff.calls()).hasSize(1);
        assertThat(second.calls()).hasSize(2);
    }

    /** I4 from the client's side. */
    @Test
    void shouldGetTheSameMessageWhenTheAnswerWasLostAfterTheCommit() throws Exception {
        final UUID requestId = UUID.randomUUID();
        final FakeNode first =
                node(
                        new FakeNode(
                                call -> {
                                    ledger.push(call);
                                    return new Deed.HangUp();
                                }));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client = client(patient(), first.apiInfo(), second.apiInfo());

        final SignedFilecoinMessage signed = value(client.push(MESSAGE, requestId));
        final SignedFilecoinMessage again = value(client.push(MESSAGE, requestId));

        assertThat(first.requestIds()).containsExactly(requestId.toString());
        assertThat(second.requestIds()).containsOnly(requestId.toString());
        assertThat(signed.message().nonce()).isZero();
        assertThat(again.cid()).isEqualTo(signed.cid());
        assertThat(ledger.messages()).isEqualTo(1);
    }

    @Test
    void shouldGiveAPushWithoutARequestIdOneForAllItsTries() throws Exception {
        final FakeNode first = node(new FakeNode(call -> new Deed.HangUp()));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client = client(patient(), first.apiInfo(), second.apiInfo());

        final JsonNode message = FakeNode.parse(messageJson());
        value(client.call("MpoolPushMessage", message, NODES.nullNode()));

        assertThat(UUID.fromString(first.requestIds().get(0)).version()).isEqualTo(4);
        assertThat(second.requestIds()).isEqualTo(first.requestIds());
    }

    @Test
    void shouldPushABatchUnderOneRequestId() throws Exception {
        final FakeNode first =
                node(
                        new FakeNode(
                                call -> {
                                    ledger.push(call);
                                    return new Deed.HangUp();
                                }));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client = client(patient(), first.apiInfo(), second.apiInfo());

        final List<SignedFilecoinMessage> signed =
                value(client.pushAll(List.of(MESSAGE, MESSAGE, MESSAGE), UUID.randomUUID()));

        assertThat(signed).extracting(it -> it.message().nonce()).containsExactly(0L, 1L, 2L);
        assertThat(ledger.messages()).isEqualTo(3);
    }

    @Test
    void shouldNameEveryNodeWhenAllAreDead() throws Exception {
        final List<ApiInfo> dead =
                List.of(FakeNode.at(deadPort()), FakeNode.at(deadPort()), FakeNode.at(deadPort()));
        final ClusterClient client =
                client(patient().withDeadline(SHORT), dead.toArray(ApiInfo[]::new));

        final var reply = reply(client.push(MESSAGE, UUID.randomUUID()));

        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
        for (final ApiInfo node : dead) {
            assertThat(reply.text())
                    .contains("http://" + node.address().hostAndPort() + ": ", "refused");
        }
        assertThatThrownBy(reply::orThrow)
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("no node answered it, and nothing was done");
    }

    @Test
    void shouldSayWhatEachNodeAnsweredAndKeepTheRequestIdWhenInDoubt() throws Exception {
        final UUID requestId = UUID.randomUUID();
        final FakeNode hanging = node(new FakeNode(call -> new Deed.Silence()));
        final FakeNode cutOff = node(FakeNode.refusing(NO_LEADER));
        final ClusterClient client =
                client(
                        patient().withNodeTimeout(SHORT).withRounds(1),
                        hanging.apiInfo(),
                        cutOff.apiInfo());

        final var reply = reply(client.push(MESSAGE, requestId));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.OutcomeUnknown.class,
                        unknown -> assertThat(unknown.requestId()).isEqualTo(requestId));
        assertThat(reply.text())
                .contains(hanging.place() + " did not answer within 400 ms")
                .contains(cutOff.place() + " answered: no leader within")
                .contains("repeat it under request id " + requestId);
    }

    @Test
    void shouldTakeARefusalAsFinalUnlessAnEarlierTryIsInDoubt() throws Exception {
        final FakeNode first = node(FakeNode.refusing("mpool push: not enough funds: 0 < 1"));
        final FakeNode second = node(new FakeNode(this::committed));
        final ClusterClient client = client(patient(), first.apiInfo(), second.apiInfo());

        final var refused = reply(client.push(MESSAGE, UUID.randomUUID()));
        first.turnTo(call -> new Deed.Refusal("outcome unknown: leadership ended; retry"));
        second.turnTo(call -> new Deed.Refusal("mpool push: not enough funds: 0 < 1"));
        final var inDoubt = reply(client.push(MESSAGE, UUID.randomUUID()));

        assertThat(refused).isEqualTo(new Reply.Refused<>("mpool push: not enough funds: 0 < 1"));
        assertThat(inDoubt).isInstanceOf(Reply.OutcomeUnknown.class);
        assertThat(inDoubt.text()).contains("leadership ended", "not enough funds");
        assertThat(second.calls()).hasSize(1);
    }

    @Test
    void shouldSendWhatMayTakeEffectTwiceToOneNodeOnly() throws Exception {
        final FakeNode first = node(new FakeNode(call -> new Deed.HangUp()));
        final FakeNode second = node(FakeNode.answering("\"f1new\""));
        final TextNode type = TextNode.valueOf("bls");

        final var lost =
                reply(client(patient(), first.apiInfo(), second.apiInfo()).call("WalletNew", type));
        final JsonNode passedOn =
                value(
                        client(patient(), FakeNode.at(deadPort()), second.apiInfo())
                                .call("WalletNew", type));

        assertThat(lost).isInstanceOf(Reply.OutcomeUnknown.class);
        assertThat(lost.text()).contains("look before you repeat it");
        assertThat(passedOn.asText()).isEqualTo("f1new");
        assertThat(second.calls()).hasSize(1);
    }

    @Test
    void shouldEndByTheDeadlineWhateverTheNodesDo() throws Exception {
        final FakeNode first = node(new FakeNode(call -> new Deed.Silence()));
        final FakeNode second = node(FakeNode.refusing(NO_LEADER));
        final ClusterClient client =
                client(patient().withDeadline(SHORT), first.apiInfo(), second.apiInfo());

        final long fromNs = System.nanoTime();
        final var reply = reply(client.nonce(KnownAccounts.SENDER));

        assertThat(Duration.ofNanos(System.nanoTime() - fromNs)).isLessThan(LONG.dividedBy(2));
        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void shouldGoRoundUntilANodeIsBack() throws Exception {
        final FakeNode node = node(FakeNode.refusing(NO_LEADER));
        final ClusterClient client = client(patient(), node.apiInfo());
        node.turnTo(
                call ->
                        node.calls().size() < 4
                                ? new Deed.Http(503, "starting")
                                : new Deed.Answer(NODES.numberNode(7)));

        assertThat(value(client.nonce(KnownAccounts.SENDER))).isEqualTo(7);
        assertThat(node.calls()).hasSize(4);
    }

    @Test
    void shouldReadAnswersInTheirTypes() throws Exception {
        final FakeNode node = node(FakeNode.answering("18446744073709551615"));
        final ClusterClient client = client(patient(), node.apiInfo());

        assertThat(value(client.nonce(KnownAccounts.SENDER))).isEqualTo(-1L);
        node.turnTo(call -> new Deed.Answer(TextNode.valueOf("12D3KooWLeader")));
        assertThat(value(client.leader())).isEqualTo("12D3KooWLeader");
        assertThat(reply(client.pending())).isInstanceOf(Reply.Refused.class);
        assertThat(reply(client.nonce(KnownAccounts.SENDER))).isInstanceOf(Reply.Refused.class);
        // Committed, says the node, but what?
        assertThat(reply(client.push(MESSAGE, UUID.randomUUID())))
                .isInstanceOf(Reply.OutcomeUnknown.class);
        node.turnTo(call -> new Deed.Answer(NODES.arrayNode()));
        assertThat(value(client.pending())).isEmpty();
        assertThat(reply(client.pushAll(List.of(MESSAGE), UUID.randomUUID())))
                .isInstanceOf(Reply.OutcomeUnknown.class);
    }

    @Test
    void shouldEndCallsWhenItIsClosed() throws Exception {
        final FakeNode hanging = node(new FakeNode(call -> new Deed.Silence()));
        final ClusterClient client = client(patient(), hanging.apiInfo());
        final var push = client.push(MESSAGE, UUID.randomUUID());
        final var read = client.state();

        client.close();

        assertThat(reply(push)).isInstanceOf(Reply.class);
        assertThat(reply(read)).isInstanceOf(Reply.Unavailable.class);
    }

    private Deed committed(final JsonNode call) {
        return new Deed.Answer(ledger.push(call));
    }

    private static String messageJson() {
        return """
        {"Version": 0, "To": "f01000", "From": "%s", "Nonce": 0, "Value": "1", "GasLimit": 0,
         "GasFeeCap": "0", "GasPremium": "0", "Method": 0, "Params": null}
        """
                .formatted(KnownAccounts.SENDER);
    }

    private static ClientOptions patient() {
        return new ClientOptions(LONG, LONG, LONG, LONG, Integer.MAX_VALUE);
    }

    private ClusterClient client(final ClientOptions options, final ApiInfo... nodes) {
        final ClusterClient client = ClusterClient.open(List.of(nodes), options);
        parts.push(client);
        return client;
    }

    private FakeNode node(final FakeNode node) {
        parts.push(node);
        return node;
    }

    private static Duration timeOf(final ClusterClient client) throws Exception {
        final long fromNs = System.nanoTime();
        value(client.nonce(KnownAccounts.SENDER));
        return Duration.ofNanos(System.nanoTime() - fromNs);
    }

    private static <T> T value(final CompletableFuture<Reply<T>> call) throws Exception {
        return reply(call).orThrow();
    }

    private static <T> Reply<T> reply(final CompletableFuture<Reply<T>> call) throws Exception {
        return call.get(30, TimeUnit.SECONDS);
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Its backlog is full, so the kernel drops what would be one more connection. */
    private int portWhereNobodyAnswers() throws IOException {
        final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        parts.push(listener);
        final List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            final Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            waiting.add(socket);
            parts.push(socket);
        }
        assertThat(waiting).allMatch(Socket::isConnected);
        return listener.getLocalPort();
    }
}
