package io.nelumbo.bench.stage;

import io.nelumbo.journal.JournalReader;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast does a journal become a ledger again, every byte verified? Nanoseconds per message of
 * 256 signed bytes, over a journal of a million in records of 256, as {@code nelumbo journal
 * replay} does it: plain reads (the file is in the page cache), CRC, hash chain and order, check of
 * each batch, and both passes of the ledger, which confirms what it takes and keeps 100,000 request
 * ids. Reading and verifying is one thread, applying another; {@code verify} is the first alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first.
public class ReplayBenchmark {

    private static final int MESSAGES = 4096 * PreparedBatch.MESSAGES;
    private static final int ACCOUNTS = 8;
    private static final int REQUEST_IDS = 100_000;

    private Path folder;

    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("nelumbo-replay-benchmark");
        final SteadyLoad load = new SteadyLoad(ACCOUNTS, true, REQUEST_IDS);
        try (ChronicleJournal journal =
                ChronicleJournal.open(folder, ChronicleJournalOptions.defaults())) {
            long raftIndex = 0;
            while (load.messages() < MESSAGES) {
                final BatchDecoder batch = load.next();
                journal.append(SteadyLoad.TERM, raftIndex, batch.buffer(), 0, batch.length());
                raftIndex++;
            }
        }
    }

    @TearDown
    public void delete() throws IOException {
        final List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public Replay replay() {
        try (JournalReader reader = ChronicleJournalReader.open(folder)) {
            return Replay.of(reader);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long verify() {
        try (JournalReader reader = ChronicleJournalReader.open(folder)) {
            long records = 0;
            while (reader.next() != null) {
                records++;
            }
            return records;
        }
    }
}
