package io.nelumbo.publisher.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * How long it takes until 4 KiB that were appended to a file have reached the disk ({@code
 * fdatasync}), one after the other. The file grows with each, which the file system has to note;
 * into a file that has its length already, as a Raft log has, it may be faster. Stateless.
 */
public final class DiskProbe {
    private static final int APPEND_BYTES = 4096;

    private DiskProbe() {}

    /** Appends to a new file in the folder for so long, and deletes it. */
    public static Latency run(final Path folder, final Duration duration) throws IOException {
        final Path file = Files.createTempFile(folder, "disk-probe-", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final Latency.Recording recording = new Latency.Recording();
            final ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
            final long endNs = System.nanoTime() + duration.toNanos();
            for (long now = System.nanoTime(); now - endNs < 0; ) {
                bytes.clear();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
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
