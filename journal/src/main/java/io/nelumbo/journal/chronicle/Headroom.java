package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Free disk space, asked for seldom and answered at once. Any thread.
 *
 * <p>A full disk under memory-mapped sparse files shows late and as a fault of the virtual machine,
 * and takes records along that were written before. So stop well before it is full.
 */
final class Headroom {

    private static final int CRITICAL_FRACTION = 8;

    private final Path folder;
    private final FileStore disk;
    private final long watermarkBytes;
    private final long refreshNs;
    private final AtomicLong refreshAtNs;
    private volatile long freeBytes;

    Headroom(final Path folder, final ChronicleJournalOptions options) {
        this.folder = folder;
        disk = diskOf(folder);
        watermarkBytes = options.freeSpaceWatermarkBytes();
        refreshNs = options.freeSpaceRefresh().toNanos();
        refreshAtNs = new AtomicLong(System.nanoTime() + refreshNs);
        freeBytes = usableBytes();
    }

    /** Whether free space is at or above the watermark. */
    boolean isAboveWatermark() {
        return freeBytes() >= watermarkBytes;
    }

    /**
     * @throws JournalFailure if space is so low that a record might not reach the disk
     */
    void requireRoomFor(final int recordBytes) {
        final long free = freeBytes();
        if (free < watermarkBytes / CRITICAL_FRACTION + recordBytes) {
            throw new JournalFailure(
                    "The disk of the journal "
                            + folder
                            + " has only "
                            + free
                            + " bytes left: free some space, then start again");
        }
    }

    private long freeBytes() {
        final long now = System.nanoTime();
        final long refreshAt = refreshAtNs.get();
        if (now - refreshAt >= 0 && refreshAtNs.compareAndSet(refreshAt, now + refreshNs)) {
            freeBytes = usableBytes();
        }
        return freeBytes;
    }

    private long usableBytes() {
        try {
            return disk.getUsableSpace();
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot tell the free space of " + folder, cause);
        }
    }

    private static FileStore diskOf(final Path folder) {
        try {
            return Files.getFileStore(folder);
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot find the disk of " + folder, cause);
        }
    }
}
