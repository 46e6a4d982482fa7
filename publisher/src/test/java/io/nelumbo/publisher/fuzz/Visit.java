package io.nelumbo.publisher.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Lets bytes in at a door and holds it to what every door promises: it takes them, or refuses them
 * as it says, within a time and an allocation that follow from their length. Owned by one thread.
 */
public final class Visit {
    private static final long MAX_BYTES_FOR_NOTHING = 16L << 20;
    private static final long MAX_BYTES_PER_BYTE = 16L << 10;

    /** Far above what it takes on a machine that does other things, too. */
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private static final int MAX_SHOWN_BYTES = 8192;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Door door;

    public Visit(final Door door) {
        this.door = door;
    }

    /**
     * Whether the bytes were taken; throws an AssertionError that shows them if a promise broke.
     */
    public boolean with(final byte[] bytes) {
        final long allocated = thread.getCurrentThreadAllocatedBytes();
        final long start = System.nanoTime();
        final boolean taken;
        try {
            taken = door.entry().takes(bytes.clone());
        } catch (final Throwable broken) {
            throw new AssertionError(door + " breaks at " + shown(bytes), broken);
        }
        final long tookNs = System.nanoTime() - start;
        final long tookBytes = thread.getCurrentThreadAllocatedBytes() - allocated;
        if (tookNs > MAX_NS) {
            throw new AssertionError(door + " takes " + tookNs + " ns for " + shown(bytes));
        }
        if (tookBytes > MAX_BYTES_FOR_NOTHING + MAX_BYTES_PER_BYTE * bytes.length) {
            throw new AssertionError(
                    door + " allocates " + tookBytes + " bytes for " + shown(bytes));
        }
        return taken;
    }

    private static String shown(final byte[] bytes) {
        final String base64 = Base64.getEncoder().encodeToString(bytes);
        return bytes.length
                + " bytes, base64 "
                + base64.substring(0, Math.min(base64.length(), MAX_SHOWN_BYTES));
    }
}
