package io.nelumbo.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code [Journal]}: the audit log of applied batches.
 *
 * @param forceInterval how often the journal is made durable; before a snapshot it always is
 * @param retention age at which journal files may be deleted; zero, which keeps all, is the only
 *     value so far
 * @param freeSpaceMinBytes below this much free space, under the journal or under the Raft log, the
 *     node takes no new messages
 */
public record JournalConfig(
        Path folder,
        RollCycle rollCycle,
        Duration forceInterval,
        Duration retention,
        long freeSpaceMinBytes) {

    /** How much batch time one journal file spans. */
    public enum RollCycle {
        FIVE_MINUTELY,
        HOURLY,
        DAILY;

        /** As the configuration writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final Key<String> FOLDER =
            Key.text(
                    "Folder",
                    "A folder for the journal, outside the Raft data folder. Empty: \"journal\" in"
                            + " the node's folder.");
    static final Key<RollCycle> ROLL_CYCLE =
            Key.choice(
                    "RollCycle",
                    RollCycle.HOURLY,
                    "How much time one journal file spans, by the batches' own timestamps. The"
                            + " same on every node.");
    static final Key<Duration> FORCE_INTERVAL =
            Key.duration(
                    "ForceInterval",
                    "1s",
                    "1ms",
                    "1m",
                    "How often the journal is made durable. Nothing is lost in between: it is"
                            + " refilled from the Raft log.");
    static final Key<Duration> RETENTION =
            Key.duration(
                    "Retention",
                    "0s",
                    "0s",
                    "0s",
                    "How long journal files are kept. Only 0s so far: all are kept.");
    static final Key<Long> FREE_SPACE_MIN_BYTES =
            Key.integer(
                    "FreeSpaceMinBytes",
                    1024L * 1024 * 1024,
                    64L * 1024 * 1024,
                    1L << 50,
                    "Free space of the disk below which no new message is taken. A full disk"
                            + " halts the node, so keep this well above one journal block"
                            + " (64 MiB).");
    static final Section SECTION =
            new Section(
                    "Journal",
                    false,
                    "The append-only, hash-chained audit log.",
                    List.of(FOLDER, ROLL_CYCLE, FORCE_INTERVAL, RETENTION, FREE_SPACE_MIN_BYTES));

    static JournalConfig from(final Values values) {
        return new JournalConfig(
                values.folder(SECTION, FOLDER, "journal"),
                values.get(SECTION, ROLL_CYCLE),
                values.get(SECTION, FORCE_INTERVAL),
                values.get(SECTION, RETENTION),
                values.get(SECTION, FREE_SPACE_MIN_BYTES));
    }
}
