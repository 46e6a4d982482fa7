package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import java.util.concurrent.TimeUnit;
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
 * What does one message cost the applying thread, apart from the journal? Nanoseconds per message
 * of 256 signed bytes over batches of 256; 10^9 over it bounds every node's messages a second. None
 * may allocate: run with {@code -prof gc}.
 *
 * <p>In the loop: {@code Ledger.apply} of a checked batch, that is both passes, the lock, and the
 * releases of a steady state: each batch confirms what it brings (one event for each of 8 accounts)
 * and expires as many request ids as it adds. Not in the loop, because other stages pay for it:
 * encoding, and the check of the batch's frame ({@code CodecBenchmark.check}). {@code requestIds}
 * shows what the retention costs in cache misses: at 10 million the table and the answers are 1 GB.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields: parameters first, then prepare().
public class LedgerApplyBenchmark {

    private static final int ACCOUNTS = 8;
    private static final long MILLISECOND_NS = 1_000_000;

    /** Request ids that the ledger retains. */
    @Param({"10000", "1000000", "10000000"})
    public int requestIds;

    private final PreparedBatch filling = new PreparedBatch(ACCOUNTS, true, false);
    private final PreparedBatch steady = new PreparedBatch(ACCOUNTS, true, true);
    private Ledger ledger;
    private BatchDecoder next;
    private long messages;

    @Setup
    public void prepare() {
        ledger = new Ledger();
        apply(new Event.EpochOpened(1, "leader"));
        for (int accountId = 0; accountId < ACCOUNTS; accountId++) {
            final byte[] address = {1, (byte) accountId};
            apply(new Event.AccountOpened(accountId, ChainKind.FILECOIN, address, 0));
        }
        while (ledger.requestIdCount() < requestIds) {
            moveOn(filling);
            apply();
        }
    }

    @Setup(Level.Invocation)
    public void moveOn() {
        moveOn(steady);
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatch.MESSAGES)
    public ApplyOutcome apply() {
        final ApplyOutcome outcome = ledger.apply(1, next);
        if (outcome != ApplyOutcome.Applied.APPLIED) {
            throw new IllegalStateException("expected the batch to apply but was " + outcome);
        }
        return outcome;
    }

    private void moveOn(final PreparedBatch batch) {
        final long sequence = ledger.nextSequence();
        final long retained = (long) requestIds / PreparedBatch.MESSAGES * filling.events();
        batch.moveTo(
                messages, sequence, ledger.lastTimestampNs() + MILLISECOND_NS, sequence - retained);
        messages += PreparedBatch.MESSAGES;
        next = batch.checked();
    }

    private void apply(final Event event) {
        final BatchEncoder encoder = new BatchEncoder(1024);
        encoder.begin(1, ledger.nextSequence(), ledger.lastTimestampNs() + MILLISECOND_NS);
        encoder.append(event);
        next = new BatchDecoder().wrap(encoder.buffer(), 0, encoder.length());
        apply();
    }
}
