package io.nelumbo.publisher.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The two clocks of this machine. Any thread.
 *
 * @param wallNs nanoseconds since 1970 UTC, as far as the machine knows; may be wrong, and step
 * @param monotonicNs nanoseconds from any origin; never steps, and runs no faster than time
 */
public record LeaderClock(LongSupplier wallNs, LongSupplier monotonicNs) {

    /** The machine's own. */
    public static LeaderClock system() {
        return new LeaderClock(LeaderClock::systemWallNs, System::nanoTime);
    }

    private static long systemWallNs() {
        final Instant now = Clock.systemUTC().instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
