package io.nelumbo.journal.chronicle;

import java.time.Duration;

/**
 * How a {@link ChronicleJournal} uses its disk.
 *
 * @param cycle how much time one file covers
 * @param maxRecordBytes no record may be longer; a power of two from 64 KiB to 256 MiB. Chronicle
 *     maps blocks of four times as much, and disk space is taken from sparse files a page at a time
 * @param freeSpaceWatermarkBytes below this much free space {@link ChronicleJournal#hasHeadroom}
 *     says no, so that admission stops while there is still room for what is in flight; below an
 *     eighth of it appending fails rather than meet a full disk
 * @param freeSpaceRefresh how old the answer about free space may be
 */
public record ChronicleJournalOptions(
        JournalCycle cycle,
        int maxRecordBytes,
        long freeSpaceWatermarkBytes,
        Duration freeSpaceRefresh) {

    private static final int MIN_RECORD_BYTES = 64 * 1024;
    private static final int MAX_RECORD_BYTES = 256 * 1024 * 1024;

    public ChronicleJournalOptions {
        if (maxRecordBytes < MIN_RECORD_BYTES
                || maxRecordBytes > MAX_RECORD_BYTES
                || Integer.bitCount(maxRecordBytes) != 1) {
            throw new IllegalArgumentException(
                    "expected maxRecordBytes to be a power of two from 64 KiB to 256 MiB but was "
                            + maxRecordBytes);
        }
        if (freeSpaceWatermarkBytes < 0) {
            throw new IllegalArgumentException(
                    "expected freeSpaceWatermarkBytes from 0 but was " + freeSpaceWatermarkBytes);
        }
        if (freeSpaceRefresh.isNegative()) {
            throw new IllegalArgumentException(
                    "expected freeSpaceRefresh from 0 but was " + freeSpaceRefresh);
        }
    }

    /** Hourly files, records to 16 MiB, a watermark of 1 GiB looked at twice a second. */
    public static ChronicleJournalOptions defaults() {
        return new ChronicleJournalOptions(
                JournalCycle.HOUR, 16 << 20, 1L << 30, Duration.ofMillis(500));
    }

    /** The same with another cycle. */
    public ChronicleJournalOptions withCycle(final JournalCycle cycle) {
        return new ChronicleJournalOptions(
                cycle, maxRecordBytes, freeSpaceWatermarkBytes, freeSpaceRefresh);
    }

    /** The same with another watermark. */
    public ChronicleJournalOptions withFreeSpaceWatermarkBytes(final long watermarkBytes) {
        return new ChronicleJournalOptions(cycle, maxRecordBytes, watermarkBytes, freeSpaceRefresh);
    }
}
