package io.nelumbo.bench.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the disk allows: how often 4 KiB can be appended and forced ({@code fdatasync}), one after
 * the other. Whoever acknowledges each message by itself cannot be faster. Stateless.
 */
final class DiskProbe {

    private static final int BLOCK_BYTES = 4096;
    private static final double MS_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SIGNIFICANT_DIGITS = 3;

    private DiskProbe() {}

    /** What one probe came to. */
    record Forces(double perSecond, double p50Ms, double p99Ms) {}

    /** Probes for so long, in a file that is deleted behind it. */
    static Forces probe(final Path folder, final Duration duration) throws IOException {
        Files.createDirectories(folder);
        final Path file = Files.createTempFile(folder, "disk-probe-", ".bin");
        final Histogram times = new Histogram(SIGNIFICANT_DIGITS);
        final long startNs = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            long now = startNs;
            while (now - startNs < duration.toNanos()) {
                block.clear();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
                channel.force(false);
                final long done = System.nanoTime();
                times.recordValue(done - now);
                now = done;
            }
            return new Forces(
                    times.getTotalCount() * (double) TimeUnit.SECONDS.toNanos(1) / (now - startNs),
                    times.getValueAtPercentile(50) / MS_NS,
                    times.getValueAtPercentile(99) / MS_NS);
        } finally {
            Files.delete(file);
        }
    }
}
