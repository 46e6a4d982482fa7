package io.nelumbo.bench.scale;

import io.nelumbo.bench.stage.SteadyLoad;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.codec.BatchDecoder;
import java.nio.file.Path;

/** A journal of ten gigabytes: how long until it is open again. */
final class JournalScale {

    private static final long BYTES = 10L << 30;
    private static final int ACCOUNTS = 8;
    private static final long FORCE_EVERY_BYTES = 64L << 20;

    private JournalScale() {}

    /** Writes it, with a checkpoint now and then as a node does. */
    static void write(final Path folder) {
        final SteadyLoad load = new SteadyLoad(ACCOUNTS, true, 0);
        final long beganNs = System.nanoTime();
        long bytes = 0;
        long forcedBytes = 0;
        long raftIndex = 0;
        try (ChronicleJournal journal =
                ChronicleJournal.open(folder, ChronicleJournalOptions.defaults())) {
            while (bytes < BYTES) {
                final BatchDecoder batch = load.next();
                journal.append(SteadyLoad.TERM, raftIndex, batch.buffer(), 0, batch.length());
                raftIndex++;
                bytes += batch.length();
                if (bytes - forcedBytes > FORCE_EVERY_BYTES) {
                    journal.force();
                    forcedBytes = bytes;
                }
            }
        }
        Scale.print(
                "wrote %d records, %.1f GB, in %.1f s",
                raftIndex, bytes / 1e9, (System.nanoTime() - beganNs) / 1e9);
    }

    /** Opens it, and closes it again. */
    static void start(final Path folder) {
        final long beganNs = System.nanoTime();
        try (ChronicleJournal journal =
                ChronicleJournal.open(folder, ChronicleJournalOptions.defaults())) {
            Scale.print(
                    "open at Raft index %d after %.2f s (goal 5 s)",
                    journal.last().raftIndex(), (System.nanoTime() - beganNs) / 1e9);
        }
    }
}
