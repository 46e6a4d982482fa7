package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.publish.OpenOutcome;
import io.nelumbo.publisher.trace.Tracing;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gateway on a node that leads, with everything around it under the test's control. */
public final class GatewayFixture {
    public static final byte[] PRINCIPAL = {1, 2, 3, 4, 5, 6, 7, 8};

    /** In attoFIL: 1000 for each unit of gas that the fixture's messages take. */
    static final BigInteger DEFAULT_MAX_FEE = BigInteger.valueOf(1_000_000);

    public final Secp256k1Key key = Secp256k1Key.of(filled(32, 1));
    public final FilecoinAddress from = key.address();
    public final FilecoinAddress stranger = Secp256k1Key.of(filled(32, 2)).address();
    public final FilecoinAddress to = FilecoinAddress.ofId(1000);

    public final CommittedLog log = new CommittedLog();
    public final FakeCluster cluster = new FakeCluster();
    public final FakeChain chain = new FakeChain();

    /** What the pipeline does with the next requests; afterwards it publishes them. */
    public final Deque<Function<PublishRequest, PublishOutcome>> script = new ArrayDeque<>();

    /** What the upstreams have said. */
    public volatile @Nullable Network network = Network.TESTNET;

    /** So many tries to open an account meet an epoch that has not begun. */
    public final AtomicInteger openingsPutOff = new AtomicInteger();

    public final ConcurrentLinkedQueue<PublishRequest> requests = new ConcurrentLinkedQueue<>();
    public final AppliedSequences applied;
    public final GatewayPorts ports;
    public final Gateway gateway;

    public GatewayFixture(final GatewayOptions options) {
        this(options, null);
    }

    /** A node whose own ledger is another than the leader's. */
    public GatewayFixture(final GatewayOptions options, final LedgerView ownLedger) {
        this(options, ownLedger, Tracing.OFF);
    }

    /** A node that traces. */
    public GatewayFixture(
            final GatewayOptions options, final LedgerView ownLedger, final Tracing tracing) {
        final LedgerView ledger = ownLedger == null ? log.ledger() : ownLedger;
        applied = new AppliedSequences(ledger, ForkJoinPool.commonPool());
        ports =
                new GatewayPorts(
                        cluster,
                        ledger,
                        applied,
                        this::publish,
                        this::open,
                        message ->
                                message.from().equals(from)
                                        ? new Drafting.Drafted(FilecoinDraft.of(message, key))
                                        : new Drafting.Refused(
                                                "wallet: key for " + message.from() + " not found"),
                        chain,
                        () -> network,
                        tracing,
                        ForkJoinPool.commonPool());
        gateway = new Gateway(ports, options);
    }

    public static GatewayOptions patience(final int waitMs, final int commitRetries) {
        return new GatewayOptions(
                Duration.ofMillis(waitMs),
                commitRetries,
                Duration.ofMillis(5),
                Duration.ofMinutes(1),
                DEFAULT_MAX_FEE);
    }

    /** A message with all its gas, so that nobody has to be asked. */
    public FilecoinMessage message(final int value) {
        return message(value, 1000);
    }

    public FilecoinMessage message(final int value, final long gasLimit) {
        return new FilecoinMessage(
                to,
                from,
                0,
                BigInteger.valueOf(value),
                gasLimit,
                BigInteger.valueOf(20),
                BigInteger.TEN,
                0,
                new byte[0]);
    }

    static PushSpec spec(final UUID id) {
        return new PushSpec(BigInteger.ZERO, RequestId.of(id), false);
    }

    PushResult push(final FilecoinMessage message, final PushSpec spec) throws Exception {
        return gateway.push(message, spec, PRINCIPAL).get(20, TimeUnit.SECONDS);
    }

    public static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Commits a message under a request id, as a leader before this one did. */
    void commit(final FilecoinMessage sent, final UUID id) {
        log.publish(
                new PublishRequest(
                        RequestId.of(id),
                        Digests.sha256(sent.encode()),
                        PRINCIPAL,
                        log.open(from.account(), 5),
                        FilecoinDraft.of(message(1), key)));
    }

    private synchronized CompletableFuture<PublishOutcome> publish(final PublishRequest request) {
        requests.add(request);
        final Function<PublishRequest, PublishOutcome> scripted = script.poll();
        return CompletableFuture.completedFuture(
                scripted == null ? log.publish(request) : scripted.apply(request));
    }

    private CompletableFuture<OpenOutcome> open(final Address address) {
        if (openingsPutOff.getAndDecrement() > 0) {
            return CompletableFuture.completedFuture(new OpenOutcome.AskAgain());
        }
        return CompletableFuture.completedFuture(new OpenOutcome.Opened(log.open(address, 5)));
    }
}
