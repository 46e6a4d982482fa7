package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EndingTest {

    private final Ending ending = new Ending();

    @ParameterizedTest
    @MethodSource("ends")
    void shouldEndEveryWaitAtOnce(final Consumer<Ending> end) {
        // given
        final CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> await(Duration.ofHours(1)));

        // when
        end.accept(ending);

        // then
        assertThat(waiting.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void shouldWaitNoLongerThanAskedWhenNothingEnds() {
        assertThat(await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void shouldTellAnEndOnPurposeFromAHalt() {
        // when
        new HaltLatch((why, cause) -> {}, ending).halt("a test", null);

        // then
        assertThat(await(Duration.ZERO)).isTrue();
        assertThat(ending.isClosing()).isFalse();
        ending.close();
        assertThat(ending.isClosing()).isTrue();
    }

    private static Stream<Consumer<Ending>> ends() {
        return Stream.of(Ending::close, Ending::halt);
    }

    private boolean await(final Duration wait) {
        try {
            return ending.await(wait);
        } catch (final InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
