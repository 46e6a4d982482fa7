package io.nelumbo.publisher.publish.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(30);

    @Property(tries = 500)
    void shouldStayBetweenHalfAndFullOfTheDoubledWait(
            @ForAll final long seed,
            @ForAll final long salt,
            @ForAll @IntRange(max = 1_000) final int attempt) {
        // when
        final long delayNs = Backoff.of(MIN, MAX, seed).delayNs(salt, attempt);
        // then
        final long fullNs =
                attempt > 20 ? MAX.toNanos() : Math.min(MAX.toNanos(), MIN.toNanos() << attempt);
        assertThat(delayNs).isBetween(fullNs - fullNs / 2, fullNs);
        assertThat(delayNs).isEqualTo(Backoff.of(MIN, MAX, seed).delayNs(salt, attempt));
    }

    @Test
    void shouldSetLanesApartWhenTheyFailTogether() {
        final Backoff backoff = Backoff.of(MIN, MAX, 1);
        assertThat(backoff.delayNs(1, 5)).isNotEqualTo(backoff.delayNs(2, 5));
    }
}
