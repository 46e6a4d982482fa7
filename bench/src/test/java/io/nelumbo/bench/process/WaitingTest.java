package io.nelumbo.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Duration SOON = Duration.ofMillis(1);

    @Test
    void shouldLookUntilItHolds() throws InterruptedException {
        final AtomicInteger looks = new AtomicInteger();

        assertThat(Waiting.until(() -> looks.incrementAndGet() == 3, Duration.ofSeconds(30), SOON))
                .isTrue();
        assertThat(looks).hasValue(3);
    }

    @Test
    void shouldGiveUpWhenItsPatienceIsOver() throws InterruptedException {
        assertThat(Waiting.until(() -> false, SOON, SOON)).isFalse();
    }
}
