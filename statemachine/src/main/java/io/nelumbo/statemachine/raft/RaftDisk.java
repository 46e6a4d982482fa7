package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the disk of the Raft log has room. A log that cannot be written halts the process, and a
 * disk that fills while Ratis writes its metadata leaves a node that cannot start (ENGINE-NOTES):
 * so take no new messages well before. Any thread; cheap, for the disk is asked only now and then.
 */
public final class RaftDisk {

    private final Path folder;
    private final long watermarkBytes;
    private final long refreshNs;
    private final AtomicLong refreshAtNs = new AtomicLong(System.nanoTime());
    private volatile boolean hasHeadroom = true;

    /**
     * Asks nothing yet.
     *
     * @param folder of {@link RaftSettings}; must exist when it is first asked about
     * @param watermarkBytes with fewer free bytes there is no headroom
     * @param refresh how long an answer of the disk holds
     */
    public RaftDisk(final Path folder, final long watermarkBytes, final Duration refresh) {
        this.folder = folder;
        this.watermarkBytes = watermarkBytes;
        this.refreshNs = refresh.toNanos();
    }

    /**
     * Whether free space is at or above the watermark.
     *
     * @throws UncheckedIOException if the disk does not say: halt, it will not take the log either
     */
    public boolean hasHeadroom() {
        final long now = System.nanoTime();
        final long refreshAt = refreshAtNs.get();
        if (now - refreshAt >= 0 && refreshAtNs.compareAndSet(refreshAt, now + refreshNs)) {
            hasHeadroom = usableBytes() >= watermarkBytes;
        }
        return hasHeadroom;
    }

    private long usableBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot tell the free space of " + folder, e);
        }
    }
}
