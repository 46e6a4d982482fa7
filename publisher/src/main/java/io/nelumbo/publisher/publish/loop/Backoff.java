package io.nelumbo.publisher.publish.loop;

import java.time.Duration;

/**
 * How long to wait before the n-th retry: doubling from {@code min} to {@code max}, less a jitter
 * of up to a half, so that lanes which failed together do not retry together. The jitter comes from
 * a seed: the same seed waits the same. Immutable.
 */
public record Backoff(long minNs, long maxNs, long seed) {

    public static Backoff of(final Duration min, final Duration max, final long seed) {
        return new Backoff(min.toNanos(), max.toNanos(), seed);
    }

    /**
     * Nanoseconds to wait.
     *
     * @param salt sets those who wait apart, as an account id does
     * @param attempt 0 for the first retry
     */
    public long delayNs(final long salt, final int attempt) {
        final int doublings = Math.min(attempt, Long.numberOfLeadingZeros(minNs) - 2);
        final long fullNs = Math.min(maxNs, minNs << Math.max(0, doublings));
        final long jitterNs = Math.floorMod(mix(seed ^ mix(salt ^ mix(attempt))), fullNs / 2 + 1);
        return fullNs - jitterNs;
    }

    /** SplitMix64's finisher: every input bit reaches every output bit. */
    private static long mix(final long value) {
        final long a = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        final long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
