package io.nelumbo.bench.stage;

import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 * How long does the journal hold up the applying thread, per message of 256 signed bytes in batches
 * of 256 (about 97 KB)? In the loop: {@code Journal.append} whole, that is check, hash chain, CRC,
 * Chronicle and the page faults of a file that grows; without forcing, and with a force every 16
 * batches on this same thread (a node has another for it). Not in the loop: encoding the batch.
 * What {@code Sha256Benchmark} says for the same bytes is what the hash chain alone takes. The
 * journal is on the disk of {@code java.io.tmpdir}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JournalAppendBenchmark {

    private static final long START_NS = 1_700_000_000_000_000_000L;

    /** Batches between two forces; 0 never forces. */
    @Param({"0", "16"})
    public int forceEvery;

    private final PreparedBatch batch = new PreparedBatch(8, false, false);
    private @Nullable Path folder;
    private @Nullable ChronicleJournal journal;
    private long batches;

    /** A new journal for each iteration keeps the disk from filling up. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("nelumbo-journal-benchmark");
        journal = ChronicleJournal.open(folder, ChronicleJournalOptions.defaults());
        batches = 0;
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        Objects.requireNonNull(journal).close();
        final List<Path> files;
        try (Stream<Path> found = Files.walk(Objects.requireNonNull(folder))) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
    }

    @Setup(Level.Invocation)
    public void moveOn() {
        final long firstMessage = batches * PreparedBatch.MESSAGES;
        batch.moveTo(firstMessage, firstMessage, START_NS + batches, 0);
    }

    @Benchmark
    @OperationsPerInvocation(PreparedBatch.MESSAGES)
    public long append() {
        final ChronicleJournal open = Objects.requireNonNull(journal);
        open.append(1, batches, batch.buffer(), 0, batch.length());
        batches++;
        if (forceEvery > 0 && batches % forceEvery == 0) {
            open.force();
        }
        return batches;
    }
}
