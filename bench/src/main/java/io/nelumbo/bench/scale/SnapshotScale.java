package io.nelumbo.bench.scale;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.FrozenLedger;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.FrozenSnapshot;
import io.nelumbo.statemachine.snapshot.SnapshotWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.ratis.util.MD5FileUtil;

/**
 * A snapshot of ten million unconfirmed messages and request ids: how long the applying thread is
 * held up, and what batches of 256 cost it while another thread writes.
 */
final class SnapshotScale {

    private static final long MESSAGES = 10_000_000;
    private static final int BATCHES_BEFORE = 2000;
    private static final int[] ACCOUNTS = {1000, 1_000_000};

    private SnapshotScale() {}

    static void run(final Path folder) throws IOException {
        Files.createDirectories(folder);
        for (final int accounts : ACCOUNTS) {
            run(accounts, folder.resolve("snapshot"));
        }
    }

    private static void run(final int accounts, final Path file) throws IOException {
        final FullLedger full = new FullLedger(accounts);
        full.fillTo(MESSAGES);
        final Ledger ledger = full.ledger();
        final Histogram alone = new Histogram(3);
        for (int n = 0; n < BATCHES_BEFORE; n++) {
            alone.recordValue(full.applyBatch());
        }
        final JournalPosition journal =
                new JournalPosition(
                        1, 1, ledger.nextSequence(), ledger.lastTimestampNs(), new byte[32]);
        final long freezingNs = System.nanoTime();
        final FrozenLedger frozen = ledger.freeze();
        final long frozenNs = System.nanoTime() - freezingNs;
        final Histogram beside = new Histogram(3);
        final CompletableFuture<Long> written =
                CompletableFuture.supplyAsync(
                        () -> write(new FrozenSnapshot(1, 1, journal, frozen), file));
        while (!written.isDone()) {
            beside.recordValue(full.applyBatch());
            // A quarter of a million messages a second, as a cluster commits.
            LockSupport.parkNanos(850_000);
        }
        Scale.print(
                "%d accounts: %.1f GB in %.1f s; the applying thread stood still for %.2f ms;"
                        + " a batch p50 %.2f, p99 %.2f, max %.2f ms beside it,"
                        + " p50 %.2f, p99 %.2f, max %.2f ms alone",
                accounts,
                Files.size(file) / 1e9,
                written.join() / 1e9,
                frozenNs / 1e6,
                ms(beside, 50),
                ms(beside, 99),
                ms(beside, 100),
                ms(alone, 50),
                ms(alone, 99),
                ms(alone, 100));
        Files.delete(file);
    }

    private static double ms(final Histogram histogram, final double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }

    /** As a node writes it; the time that it took. */
    private static long write(final FrozenSnapshot snapshot, final Path file) {
        final long beganNs = System.nanoTime();
        try (snapshot;
                FileChannel channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OutputStream out =
                        new DigestOutputStream(
                                Channels.newOutputStream(channel), MD5FileUtil.newMD5())) {
            SnapshotWriter.write(snapshot, out);
            channel.force(true);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.nanoTime() - beganNs;
    }
}
