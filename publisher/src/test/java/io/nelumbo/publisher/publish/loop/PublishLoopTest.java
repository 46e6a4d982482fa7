package io.nelumbo.publisher.publish.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.publish.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PublishLoopTest {

    private final VirtualTime time = new VirtualTime();
    private final PublishLoop loop = new PublishLoop(time, () -> {});
    private final List<String> done = new ArrayList<>();

    @Test
    void shouldRunTimersInTheOrderOfTheirDeadlines() {
        // given
        loop.after(30, () -> done.add("late"));
        loop.after(10, () -> done.add("early"));
        loop.after(10, () -> done.add("early, made later"));
        loop.cancel(loop.after(5, () -> done.add("cancelled")));
        // when
        time.advance(time.monotonicNs() + 20);
        loop.turn();
        // then
        assertThat(done).containsExactly("early", "early, made later");
        assertThat(loop.nextTimerNs()).isEqualTo(31);
    }

    @Test
    void shouldTellTheFirstOfAnswerAndDeadlineOnly() {
        // given
        final CompletableFuture<String> quick = new CompletableFuture<>();
        final CompletableFuture<String> slow = new CompletableFuture<>();
        loop.await(quick, 1_000_000, answer -> done.add(answer.toString()));
        loop.await(slow, 1_000_000, answer -> done.add(answer.toString()));
        // when
        quick.complete("quick");
        loop.turn();
        time.advance(time.monotonicNs() + 1_000_000);
        loop.turn();
        slow.complete("slow");
        loop.turn();
        // then
        assertThat(done)
                .containsExactly("Told[value=quick]", "NotTold[reason=no answer within 1 ms]");
    }

    @Test
    void shouldTellWhyAFutureFailed() {
        // when
        loop.await(
                CompletableFuture.supplyAsync(
                        () -> {
                            throw new IllegalStateException("broken pipe");
                        },
                        Runnable::run),
                1_000_000,
                answer -> done.add(answer.toString()));
        loop.turn();
        // then
        assertThat(done).containsExactly("NotTold[reason=broken pipe]");
    }

    @Test
    void shouldTakeNoMoreThanItsBound_I10() {
        // when
        int taken = 0;
        while (loop.post(() -> {})) {
            taken++;
        }
        // then
        assertThat(taken).isEqualTo(PublishLoop.MAX_POSTED);
        loop.turn();
        assertThat(loop.hasPosted()).isFalse();
    }
}
