package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CallsInFlightTest {
    private static final PushCall CALL = new PushCall(new byte[8], List.of());
    private static final List<PushAnswer> ANSWERS = List.of(new PushAnswer.NotLeading());

    private final CallsInFlight calls = new CallsInFlight();

    @Test
    void shouldAnswerACallAnewAfterAnAttemptThatThrew() {
        // given: an error of ours, thrown before there is a future that could fail
        final CompletableFuture<List<PushAnswer>> broken =
                calls.join(
                        CALL,
                        call -> {
                            throw new IllegalStateException("broken");
                        });

        // when
        final CompletableFuture<List<PushAnswer>> again =
                calls.join(CALL, call -> CompletableFuture.completedFuture(ANSWERS));

        // then
        assertThat(broken).isCompletedExceptionally();
        assertThat(again).isCompletedWithValue(ANSWERS);
    }

    @Test
    void shouldFailWhoeverJoinedAnAttemptThatFailed() {
        // given
        final CompletableFuture<List<PushAnswer>> answer = new CompletableFuture<>();
        final CompletableFuture<List<PushAnswer>> first = calls.join(CALL, call -> answer);
        final CompletableFuture<List<PushAnswer>> second = calls.join(CALL, call -> answer);

        // when
        answer.completeExceptionally(new IllegalStateException("broken"));

        // then
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
    }
}
