package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A process that is told to stop before its node has quite started. */
final class OrderlyStopTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void shouldCloseTheNodeThatStarted() {
        // given
        final OrderlyStop stop = new OrderlyStop(LONG);
        stop.started(closed::incrementAndGet);
        stop.over();

        // when
        stop.run();

        // then
        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldCloseTheNodeWhoseStartIsOverOnlyAfterTheSignal() throws Exception {
        // given
        final OrderlyStop stop = new OrderlyStop(LONG);
        final Thread signal = new Thread(stop::run, "signal");
        signal.start();
        while (signal.getState() != Thread.State.WAITING) {
            assertThat(signal.isAlive()).isTrue();
            Thread.onSpinWait();
        }

        // when
        stop.started(closed::incrementAndGet);

        // then
        signal.join(Duration.ofSeconds(30).toMillis());
        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldNotWaitWhenTheStartFailed() throws Exception {
        // given
        final OrderlyStop stop = new OrderlyStop(LONG);
        stop.over();

        // when
        CompletableFuture.runAsync(stop::run).get(30, TimeUnit.SECONDS);

        // then
        assertThat(closed).hasValue(0);
    }

    @Test
    void shouldLetAStartGoThatTakesTooLong() throws Exception {
        // given
        final OrderlyStop stop = new OrderlyStop(Duration.ofMillis(1));

        // when
        CompletableFuture.runAsync(stop::run).get(30, TimeUnit.SECONDS);
        stop.started(closed::incrementAndGet);

        // then
        assertThat(closed).hasValue(0);
    }
}
