package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.load.Latency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What no cluster on this disk can undercut: how long it takes until 4 KiB that were appended to a
 * file have reached the disk (fdatasync), one after the other, as a Raft log does it. Stateless.
 */
final class DiskProbe {
    private static final int APPEND_BYTES = 4096;

    private DiskProbe() {}

    /** Appends to a new file in the folder for so long, and deletes it. */
    static Latency run(final Path folder, final Duration duration) throws IOException {
        final Path file = Files.createTempFile(folder, "disk-probe-", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final Latency.Recording recording = new Latency.Recording();
            final ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
            final long endNs = System.nanoTime() + duration.toNanos();
            for (long now = System.nanoTime(); now - endNs < 0; ) {
                bytes.clear();
                channel.write(bytes);
                channel.force(false);
                final long then = now;
                now = System.nanoTime();
                recording.add(now - then);
            }
            return recording.latency();
        } finally {
            Files.delete(file);
        }
    }
}
