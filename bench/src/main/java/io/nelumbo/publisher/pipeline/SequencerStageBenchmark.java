package io.nelumbo.publisher.pipeline;

import com.sun.management.ThreadMXBean;
import io.nelumbo.bench.stage.SteadyLoad;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.statemachine.ledger.Ledger;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the sequencer's thread do for one message, alone? Nanoseconds per message. In the loop:
 * {@code Sequencer.sequence} whole, that is the look for the request id in flight and in a real
 * ledger, the bounds, the nonce, and the removal of what was settled from what is in flight; for
 * that to happen each request is settled here too, 4096 later. Not in the loop: the requests and
 * their futures, which the callers' threads make, and the ring ({@code SequencerBenchmark} has
 * those). Each shot sequences requests that were made before it, so it should allocate nothing.
 *
 * <p>It stands in the pipeline's package because the stage is nobody else's.
 */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6)
@Measurement(iterations = 8)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields: parameters first, then prepare().
public class SequencerStageBenchmark {

    private static final int MESSAGES = 1 << 18;
    private static final int IN_FLIGHT = 4096;
    private static final int ACCOUNTS = 8;
    private static final byte[] REQUEST_HASH = new byte[32];
    private static final byte[] PRINCIPAL = new byte[8];
    private static final Draft DRAFT = new UnsignedDraft();

    /** Request ids that the ledger knows: one of them is looked for with each message. */
    @Param({"10000", "1000000"})
    public int requestIds;

    private final Slot slot = new Slot();
    private final PublishOutcome answer = new PublishOutcome.NotLeading();

    /** First those that the shot before has left in flight, then those of the next shot. */
    private final PendingRequest[] requests = new PendingRequest[IN_FLIGHT + MESSAGES];

    private Sequencer sequencer;
    private int made;

    @Setup
    public void prepare() {
        final Ledger ledger = new Ledger();
        final SteadyLoad load = new SteadyLoad(ACCOUNTS, true, requestIds);
        while (!load.isSteady()) {
            final BatchDecoder batch = load.next();
            ledger.apply(SteadyLoad.TERM, batch);
        }
        final PipelineOptions options =
                new PipelineOptions(
                        8192, WaitStrategyName.BLOCKING, 1, 1 << 20, 1024, 4, 1 << 20, 1 << 30);
        sequencer = new Sequencer(options, ports(ledger), new Corrections(8192), Runnable::run);
        slot.carry(Slot.Kind.BEGIN_SEQUENCING, new Epoch(SteadyLoad.TERM));
        sequencer.sequence(slot);
        for (int n = MESSAGES; n < requests.length; n++) {
            requests[n] = request();
            sequence(requests[n]);
        }
    }

    @Setup(Level.Iteration)
    public void makeRequests() {
        System.arraycopy(requests, MESSAGES, requests, 0, IN_FLIGHT);
        for (int n = IN_FLIGHT; n < requests.length; n++) {
            requests[n] = request();
        }
    }

    private static PipelinePorts ports(final Ledger ledger) {
        return new PipelinePorts(
                (term, batch, offset, length) -> new CompletableFuture<>(),
                ledger,
                LeaderClock.system(),
                "bench",
                () -> {},
                () -> true,
                new EpochListener() {
                    @Override
                    public void epochOpened(final long term) {
                        // Nobody publishes to a chain here.
                    }

                    @Override
                    public void epochClosed(final long term) {
                        // Nobody publishes to a chain here.
                    }
                },
                sequence -> null,
                Runnable::run,
                (why, cause) -> {
                    throw new IllegalStateException(why, cause);
                });
    }

    private PendingRequest request() {
        final int number = made++;
        final RequestId id = new RequestId(~number * 0x9E3779B97F4A7C15L, number);
        return new PendingRequest(
                new PublishRequest(id, REQUEST_HASH, PRINCIPAL, number % ACCOUNTS, DRAFT));
    }

    /** What the loop itself took from the heap; JMH adds both up over all shots. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Allocated {
        private static final ThreadMXBean THREADS =
                (ThreadMXBean) ManagementFactory.getThreadMXBean();

        /** By this thread. */
        public long bytes;

        /** That it was taken for. */
        public long messages;

        private static long soFar() {
            return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long sequence(final Allocated allocated) {
        final long before = Allocated.soFar();
        long nonces = 0;
        for (int n = 0; n < MESSAGES; n++) {
            nonces += sequence(requests[IN_FLIGHT + n]);
            requests[n].settle(answer);
        }
        allocated.bytes += Allocated.soFar() - before;
        allocated.messages += MESSAGES;
        return nonces;
    }

    private long sequence(final PendingRequest request) {
        slot.carry(request);
        sequencer.sequence(slot);
        if (slot.kind != Slot.Kind.REQUEST) {
            throw new IllegalStateException("expected a nonce but was " + slot.kind);
        }
        final long nonce = slot.nonce;
        slot.clear();
        return nonce;
    }

    /** Never signed here. */
    private static final class UnsignedDraft implements Draft {
        private static final Address SENDER = new Address(ChainKind.FILECOIN, new byte[] {1, 2});

        @Override
        public Address sender() {
            return SENDER;
        }

        @Override
        public byte[] signerKeyId() {
            return new byte[8];
        }

        @Override
        public Signing sign(final long nonce) {
            throw new IllegalStateException("expected nobody to sign");
        }
    }
}
