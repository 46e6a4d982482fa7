package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.codec.EventReader;
import io.nelumbo.journal.sbe.AccountOpenedDecoder;
import io.nelumbo.journal.sbe.ClusterVersionRaisedDecoder;
import io.nelumbo.journal.sbe.EpochOpenedDecoder;
import io.nelumbo.journal.sbe.LaneHaltedDecoder;
import io.nelumbo.journal.sbe.LaneResumedDecoder;
import io.nelumbo.journal.sbe.MessageDisplacedDecoder;
import io.nelumbo.journal.sbe.MessageReplacedDecoder;
import io.nelumbo.journal.sbe.MessageSequencedDecoder;
import io.nelumbo.journal.sbe.NonceConfirmedDecoder;
import io.nelumbo.journal.sbe.NonceFilledDecoder;
import io.nelumbo.journal.sbe.NonceReorgedDecoder;
import io.nelumbo.journal.sbe.RequestIdsExpiredDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the wire form cost per message: to write it on the leader, to check a batch that
 * arrives (every byte of it is hostile until then), and to read its events? Batches of 256 messages
 * of 256 signed bytes. None of the three may allocate: run with {@code -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final int MESSAGES = 256;
    private static final int SIGNED_BYTES = 256;
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private final Messages messages = new Messages(SIGNED_BYTES);
    private final BatchEncoder encoder = new BatchEncoder(MAX_BATCH_BYTES);
    private final BatchEncoder encoded = new BatchEncoder(MAX_BATCH_BYTES);
    private final BatchDecoder decoder = new BatchDecoder();
    private final Nonces nonces = new Nonces();

    public CodecBenchmark() {
        messages.encode(encoded, MESSAGES, 0, 1);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int encode() {
        messages.encode(encoder, MESSAGES, 0, 1);
        return encoder.length();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int check() {
        return decoder.wrap(encoded.buffer(), 0, encoded.length()).count();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long checkAndRead() {
        nonces.sum = 0;
        decoder.wrap(encoded.buffer(), 0, encoded.length()).forEach(nonces);
        return nonces.sum;
    }

    /** Looks at a field of each message, as applying does; other kinds do not occur here. */
    private static final class Nonces implements EventReader {
        private long sum;

        @Override
        public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
            sum += event.nonce() + event.accountId() + event.signedBytesLength();
        }

        @Override
        public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {}

        @Override
        public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {}

        @Override
        public void onMessageReplaced(final long sequence, final MessageReplacedDecoder event) {}

        @Override
        public void onNonceFilled(final long sequence, final NonceFilledDecoder event) {}

        @Override
        public void onNonceConfirmed(final long sequence, final NonceConfirmedDecoder event) {}

        @Override
        public void onMessageDisplaced(final long sequence, final MessageDisplacedDecoder event) {}

        @Override
        public void onNonceReorged(final long sequence, final NonceReorgedDecoder event) {}

        @Override
        public void onLaneHalted(final long sequence, final LaneHaltedDecoder event) {}

        @Override
        public void onLaneResumed(final long sequence, final LaneResumedDecoder event) {}

        @Override
        public void onRequestIdsExpired(
                final long sequence, final RequestIdsExpiredDecoder event) {}

        @Override
        public void onClusterVersionRaised(
                final long sequence, final ClusterVersionRaisedDecoder event) {}
    }
}
