package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How idle stages of the ring wait: what a hand-off costs in time against what idling costs. */
public enum WaitStrategyName {
    /**
     * Sleeps on a lock: no CPU when idle, 30–60 µs to wake. For machines that do other work too.
     */
    BLOCKING,
    /** Sleeps in short parks: little CPU when idle, and producers never take a lock. */
    SLEEPING,
    /** Spins and yields: needs about one core for each stage. */
    YIELDING,
    /** Spins: the lowest latency, and one core for each stage, always. */
    BUSY_SPIN;

    /**
     * The strategy of a configured name, as {@code "blocking"} or {@code "busy-spin"}.
     *
     * @throws IllegalArgumentException naming what would be right
     */
    public static WaitStrategyName of(final String configured) {
        for (final WaitStrategyName name : values()) {
            if (name.configured().equals(configured)) {
                return name;
            }
        }
        throw new IllegalArgumentException(
                "expected one of "
                        + Arrays.stream(values())
                                .map(WaitStrategyName::configured)
                                .collect(Collectors.joining(", "))
                        + " but was "
                        + configured);
    }

    /** Its name as it stands in a configuration. */
    public String configured() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    WaitStrategy strategy() {
        return switch (this) {
            case BLOCKING -> new BlockingStages();
            case SLEEPING -> new SleepingWaitStrategy();
            case YIELDING -> new YieldingWaitStrategy();
            case BUSY_SPIN -> new BusySpinWaitStrategy();
        };
    }
}
