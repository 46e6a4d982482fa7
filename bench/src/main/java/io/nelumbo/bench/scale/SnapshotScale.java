package io.nelumbo.bench.scale;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.Snapshot;
import io.nelumbo.statemachine.snapshot.SnapshotWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A snapshot of ten million unconfirmed messages and request ids: how long nothing is applied. */
final class SnapshotScale {

    private static final long MESSAGES = 10_000_000;
    private static final int ACCOUNTS = 1000;

    private SnapshotScale() {}

    static void run(final Path folder) throws IOException {
        final FullLedger full = new FullLedger(ACCOUNTS);
        full.fillTo(MESSAGES);
        final Ledger ledger = full.ledger();
        final JournalPosition journal =
                new JournalPosition(
                        1, 1, ledger.nextSequence(), ledger.lastTimestampNs(), new byte[32]);
        Files.createDirectories(folder);
        final Path file = folder.resolve("snapshot");
        final long beganNs = System.nanoTime();
        try (FileChannel channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            SnapshotWriter.write(new Snapshot(1, 1, journal, ledger), out);
            channel.force(true);
        }
        Scale.print(
                "a snapshot of %.1f GB in %.1f s",
                Files.size(file) / 1e9, (System.nanoTime() - beganNs) / 1e9);
        Files.delete(file);
    }
}
