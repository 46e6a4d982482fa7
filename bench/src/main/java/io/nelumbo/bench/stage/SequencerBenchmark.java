package io.nelumbo.bench.stage;

import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.pipeline.PipelineOptions;
import io.nelumbo.publisher.pipeline.WaitStrategyName;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do sequencing, packing and answering one message cost, when its signature and its
 * replication cost nothing? Nanoseconds per message, ring to receipt, with a full window: the bound
 * that the pipeline itself sets to a node's messages a second. {@code maxBatchMessages} shows what
 * a batch costs beside its messages.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields: parameters first, then prepare().
public class SequencerBenchmark {

    private static final int MESSAGES = 8192;
    private static final int WINDOW = 4096;

    /** Messages in one batch, at most. */
    @Param({"1", "64", "1024"})
    public int maxBatchMessages;

    private final Draft draft = new FreeDraft(250);
    private PipelineRig rig;

    @Setup
    public void prepare() {
        rig =
                new PipelineRig(
                        new PipelineOptions(
                                8192,
                                WaitStrategyName.BLOCKING,
                                1,
                                1 << 20,
                                maxBatchMessages,
                                4,
                                1 << 20,
                                1 << 30),
                        0,
                        WINDOW);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void sequence() {
        rig.publish(draft, MESSAGES);
        rig.drain();
    }

    /** Keeps the ledger at its size; a few microseconds in an invocation of milliseconds. */
    @TearDown(Level.Invocation)
    public void confirm() {
        rig.confirmAll();
    }

    @TearDown
    public void close() {
        rig.close();
    }
}
