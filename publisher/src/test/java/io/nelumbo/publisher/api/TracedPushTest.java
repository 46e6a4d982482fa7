package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.TracedUpstream;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import io.nelumbo.publisher.trace.RecordingTracer;
import io.nelumbo.publisher.trace.RecordingTracer.Ended;
import io.nelumbo.publisher.trace.TraceParent;
import io.nelumbo.publisher.trace.Tracing;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.ledger.Ledger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace from the client over a follower and the leader to the chain, or none at all. */
final class TracedPushTest {
    private static final TraceParent CLIENT =
            new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final RecordingTracer spans = new RecordingTracer();
    private final Tracing tracing = Tracing.by(spans);
    private final FakePeer peer = new FakePeer();

    @TempDir Path folder;

    /** Says what a test wants to a push. */
    private static final class FakePeer implements Upstream {
        volatile PushOutcome outcome = new PushOutcome.Accepted();

        @Override
        public String name() {
            return "peer";
        }

        @Override
        public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
            return CompletableFuture.completedFuture(List.of(outcome));
        }

        @Override
        public CompletableFuture<Long> nextNonce(final Address account) {
            return CompletableFuture.completedFuture(0L);
        }

        @Override
        public CompletableFuture<List<Long>> pendingNonces(final Address account) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<NonceAtHeight> executedNonce(
                final Address account, final int depth) {
            return CompletableFuture.completedFuture(new NonceAtHeight(0, 0));
        }

        @Override
        public CompletableFuture<Landing> find(final byte[] hash) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Long> headHeight() {
            return CompletableFuture.completedFuture(0L);
        }
    }

    @Test
    void shouldMakeOneTraceFromTheClientToTheChain() throws Exception {
        // given
        final GatewayFixture leader = node(null, tracing);
        final Ledger ledger = new Ledger();
        final GatewayFixture follower = node(ledger, tracing);
        follower.cluster.leading = false;
        follower.cluster.route =
                request ->
                        leader.gateway
                                .onLeaderCall(request)
                                .whenComplete(
                                        (answer, failure) -> {
                                            leader.log.catchUp(ledger);
                                            follower.applied.onApplied();
                                        });

        // when
        push(follower, tracing);
        final byte[] committed = leader.log.ledger().message(0, 5).signedBytes();
        new TracedUpstream(peer, tracing).push(List.of(committed)).get(10, TimeUnit.SECONDS);

        // then
        final Ended call = spans.one("Filecoin.MpoolPushMessage");
        assertThat(call.parent()).isEqualTo(CLIENT);
        assertThat(under(call)).containsExactlyInAnyOrder("forward", "applied");
        final Ended forward = spans.one("forward");
        assertThat(under(forward)).containsExactlyInAnyOrder("prepare", "commit");
        final Ended commit = spans.one("commit");
        assertThat(under(commit)).containsExactlyInAnyOrder("sign", "push");
        assertThat(spans.ended())
                .hasSize(7)
                .allSatisfy(
                        span -> {
                            assertThat(span.place().traceId()).isEqualTo(CLIENT.traceId());
                            assertThat(span.failure()).isEmpty();
                        });
        assertThat(commit.attributes())
                .containsEntry("nelumbo.account", 0L)
                .containsEntry("nelumbo.nonce", 5L)
                .containsKeys("nelumbo.request_id", "nelumbo.sequence", "nelumbo.epoch");
        assertThat(spans.one("push").attributes())
                .containsEntry("nelumbo.upstream", "peer")
                .containsEntry("nelumbo.outcome", "Accepted");
    }

    @Test
    void shouldTraceEachPushUntilOneIsTaken() throws Exception {
        final GatewayFixture leader = node(null, tracing);
        push(leader, tracing);
        final List<byte[]> committed = List.of(leader.log.ledger().message(0, 5).signedBytes());
        final TracedUpstream upstream = new TracedUpstream(peer, tracing);

        peer.outcome = new PushOutcome.PoolFull("full");
        upstream.push(committed).get(10, TimeUnit.SECONDS);
        assertThat(spans.one("push").failure()).isEqualTo("not taken");
        peer.outcome = new PushOutcome.AlreadyKnown();
        upstream.push(committed).get(10, TimeUnit.SECONDS);
        upstream.push(committed).get(10, TimeUnit.SECONDS);
        upstream.push(List.of(new byte[7])).get(10, TimeUnit.SECONDS);

        assertThat(spans.ended()).filteredOn(span -> span.name().equals("push")).hasSize(2);
    }

    @Test
    void shouldSayThatACallFailedButNotWhatItSaid() throws Exception {
        final GatewayFixture leader = node(null, tracing);
        leader.chain.silent = true;

        push(leader, tracing);

        assertThat(spans.one("Filecoin.MpoolPushMessage").failure())
                .isEqualTo("answered with an error");
        assertThat(spans.one("prepare").failure()).isEqualTo("failed");
        assertThat(spans.ended()).hasSize(2);
    }

    /** What is not wrapped and not asked for costs nothing. */
    @Test
    void shouldWrapNothingWhenTracingIsOff() throws Exception {
        final GatewayFixture leader = node(null, Tracing.OFF);

        push(leader, Tracing.OFF);

        assertThat(leader.log.ledger().nextNonce(0)).isEqualTo(6);
        assertThat(leader.requests.peek().draft()).isInstanceOf(FilecoinDraft.class);
        assertThat(Tracing.OFF.messages().isEmpty()).isTrue();
        assertThat(
                        api(leader)
                                .routes(OtherMethods.NONE, OtherMethods.NONE)
                                .endpoints()
                                .get("/rpc/v1")
                                .methods()
                                .values())
                .allMatch(method -> method instanceof Guarded);
    }

    private static GatewayFixture node(final Ledger ownLedger, final Tracing tracing) {
        return new GatewayFixture(GatewayFixture.patience(2000, 0), ownLedger, tracing);
    }

    private FilecoinApi api(final GatewayFixture node) {
        return new FilecoinApi(
                node.gateway,
                node.ports,
                new NodeDesk(
                        new NodeIdentity("12D3KooW", "test", 30, List.of()),
                        Wallet.open(folder.resolve("keystore")),
                        Runnable::run,
                        1000,
                        tokens(),
                        () ->
                                new NodeHealth(
                                        "",
                                        "LEADER",
                                        0,
                                        true,
                                        0,
                                        new KeysHere(false, 0, List.of()),
                                        List.of())),
                new LotusJson(Network.MAINNET),
                new PoolFeed(
                        node.ports.ledger(),
                        new LotusJson(Network.MAINNET),
                        node.ports.executor()));
    }

    private static Tokens tokens() {
        return new Tokens(new byte[Tokens.MIN_SECRET_BYTES]);
    }

    /** As a client does that is itself traced. */
    private void push(final GatewayFixture node, final Tracing traced) throws Exception {
        final JsonRpcServer server =
                new JsonRpcServer(
                        api(node).routes(OtherMethods.NONE, OtherMethods.NONE),
                        tokens(),
                        ServerLimits.standard(),
                        traced.isOn());
        try {
            final int port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
            final String message =
                    new LotusJson(Network.MAINNET).writeMessage(node.message(1)).toString();
            final HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rpc/v1"))
                            .header(
                                    "Authorization",
                                    "Bearer " + tokens().create(List.of(Permission.SIGN)))
                            .header(TraceParent.HEADER, CLIENT.text())
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            HostedApi.call("MpoolPushMessage", message + ",null")))
                            .build();
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } finally {
            server.close().get(10, TimeUnit.SECONDS);
        }
    }

    private List<String> under(final Ended parent) {
        return spans.ended().stream()
                .filter(span -> parent.place().equals(span.parent()))
                .map(Ended::name)
                .toList();
    }
}
