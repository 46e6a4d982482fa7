package io.nelumbo.bench.peers.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How Aeron runs fastest where two cores carry four processes, found by measuring, median of the
 * rest against these: Aeron's default packets of 1408 bytes gave half the throughput; sleeping up
 * to its default of 1 ms instead of 50 µs gave 0.6 of the serial rate; sleeping at once, or
 * spinning and yielding longer, which takes the core from whom it waits for, gave 0.75 and 0.65 of
 * the throughput; an archive or a driver with threads of their own 0.8 and 0.9. Stateless.
 */
final class AeronSettings {

    /** Loopback carries 64 KiB at once. */
    static final int PACKET_BYTES = 8192;

    /** Of a message: its number, and behind it that of its load. The answer is these two. */
    static final int LOAD_OFFSET = Long.BYTES;

    static final int HEADER_BYTES = 2 * Long.BYTES;

    static final String INGRESS_CHANNEL = "aeron:udp?term-length=16m";

    private static final int SPINS = 10;
    private static final int YIELDS = 20;
    private static final long MIN_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private AeronSettings() {}

    /** A new one, for one thread. */
    static IdleStrategy idle() {
        return new BackoffIdleStrategy(SPINS, YIELDS, MIN_SLEEP_NS, MAX_SLEEP_NS);
    }

    /** Of members and clients. */
    static MediaDriver.Context driver(final String directory) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .dirDeleteOnStart(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .mtuLength(PACKET_BYTES)
                .ipcMtuLength(PACKET_BYTES)
                .termBufferSparseFile(true);
    }
}
