package io.nelumbo.bench.scale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.ratis.util.MD5FileUtil;

/**
 * A snapshot of many unconfirmed messages and request ids: how long the applying thread is held up,
 * and what batches of 256 cost it while another thread writes.
 */
final class SnapshotScale {

    private static final int BATCHES_BEFORE = 2000;
    private static final int MOST_ACCOUNTS_PART = 10;

    private SnapshotScale() {}

    /** Runs it: a thousand accounts, and so many that each has ten messages. */
    static List<ObjectNode> run(final Path folder, final long messages) throws IOException {
        final Path file = Files.createDirectories(folder).resolve("snapshot");
        return List.of(
                run(1000, messages, file),
                run((int) (messages / MOST_ACCOUNTS_PART), messages, file));
    }

    private static ObjectNode run(final int accounts, final long messages, final Path file)
            throws IOException {
        final FullLedger full = new FullLedger(accounts);
        full.fillTo(messages);
        final Ledger ledger = full.ledger();
        // What was filled moves out of the way, so that later collections have less to move.
        System.gc();
        final Histogram collecting = new Histogram(3);
        final Histogram alone = new Histogram(3);
        for (int n = 0; n < BATCHES_BEFORE; n++) {
            record(full, alone, collecting);
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
            record(full, beside, collecting);
            // A quarter of a million messages a second, as a cluster commits.
            LockSupport.parkNanos(850_000);
        }
        final ObjectNode figures =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("accounts", accounts)
                        .put("messages", full.messages())
                        .put("fileBytes", Files.size(file))
                        .put("writingS", written.join() / 1e9)
                        .put("freezingMs", frozenNs / 1e6)
                        .put("collections", collecting.getTotalCount())
                        .put("collectingMaxMs", ms(collecting, 100))
                        .put("besideP50Ms", ms(beside, 50))
                        .put("besideP99Ms", ms(beside, 99))
                        .put("besideMaxMs", ms(beside, 100))
                        .put("aloneP50Ms", ms(alone, 50))
                        .put("aloneP99Ms", ms(alone, 99))
                        .put("aloneMaxMs", ms(alone, 100));
        Files.delete(file);
        return figures;
    }

    /**
     * Applies a batch. One in which the collector ran counts apart: an outbox that only grows makes
     * it run, with a snapshot beside it or without.
     */
    private static void record(
            final FullLedger full, final Histogram usual, final Histogram collecting) {
        final long before = Collections.soFar();
        final long tookNs = full.applyBatch();
        (Collections.soFar() == before ? usual : collecting).recordValue(tookNs);
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
