package io.nelumbo.bench.stage;

import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.pipeline.PipelineOptions;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.WaitStrategyName;
import java.math.BigInteger;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What is a node's rate and its latency, with real signatures and a majority that takes two
 * milliseconds to agree? {@code saturated} is microseconds per message with a full window: compare
 * with {@code SigningBenchmark.sign} divided by the signer threads, and what is above it is not
 * hidden behind signing. {@code unloaded} is one message alone, from call to receipt: less the two
 * milliseconds it is made of hand-offs between threads and one signature.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields: parameters first, then prepare().
public class PipelineBenchmark {

    private static final int MESSAGES = 4096;
    private static final int WINDOW = 2048;
    private static final long AGREEMENT_NS = 2_000_000;

    @Param({"1", "2"})
    public int signerThreads;

    /** The kind of account. */
    @Param({"SECP256K1", "BLS"})
    public SignatureType type;

    private Draft draft;
    private PipelineRig rig;

    @Setup
    public void prepare() {
        final byte[] privateKey = new byte[FilecoinKey.PRIVATE_KEY_BYTES];
        privateKey[0] = 1;
        final FilecoinKey key = FilecoinKey.of(new ExportedKey(type, privateKey));
        draft =
                FilecoinDraft.of(
                        new FilecoinMessage(
                                FilecoinAddress.ofId(1000),
                                key.address(),
                                0,
                                BigInteger.TEN.pow(18),
                                2_000_000,
                                BigInteger.valueOf(1_000_000_000),
                                BigInteger.valueOf(100_000),
                                0,
                                new byte[0]),
                        key);
        rig =
                new PipelineRig(
                        new PipelineOptions(
                                8192,
                                WaitStrategyName.BLOCKING,
                                signerThreads,
                                1 << 20,
                                1024,
                                4,
                                1 << 20,
                                1 << 30),
                        AGREEMENT_NS,
                        WINDOW);
    }

    /** Nothing but receipts makes room in it from here on: what is published is what is done. */
    @Setup(Level.Iteration)
    public void fill(final BenchmarkParams benchmark) {
        if (benchmark.getBenchmark().endsWith(".saturated")) {
            rig.fill(draft);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void saturated() {
        rig.publish(draft, MESSAGES);
    }

    @Benchmark
    public PublishOutcome unloaded() {
        return rig.publish(draft);
    }

    /** Keeps the ledger at its size between the measurements. */
    @TearDown(Level.Iteration)
    public void confirm() {
        rig.confirmAll();
    }

    @TearDown
    public void close() {
        rig.close();
    }
}
