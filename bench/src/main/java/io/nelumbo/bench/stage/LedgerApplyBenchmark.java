package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
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

    /** Request ids that the ledger retains. */
    @Param({"10000", "1000000", "10000000"})
    public int requestIds;

    private Ledger ledger;
    private SteadyLoad load;
    private BatchDecoder next;

    @Setup
    public void prepare() {
        ledger = new Ledger();
        load = new SteadyLoad(ACCOUNTS, true, requestIds);
        while (!load.isSteady()) {
            moveOn();
            apply();
        }
    }

    @Setup(Level.Invocation)
    public void moveOn() {
        next = load.next();
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatch.MESSAGES)
    public ApplyOutcome apply() {
        final ApplyOutcome outcome = ledger.apply(SteadyLoad.TERM, next);
        if (outcome != ApplyOutcome.Applied.APPLIED) {
            throw new IllegalStateException("expected the batch to apply but was " + outcome);
        }
        return outcome;
    }
}
