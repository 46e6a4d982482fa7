package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One small batch does not take the server's memory. */
final class BatchTest {
    private static final int ANSWER_BYTES = 1000;
    private static final int MAX_HELD_BYTES = 5 * ANSWER_BYTES;
    private static final Caller CALLER = new Caller(Set.of(), new byte[8]);

    private final HeldBytes held = new HeldBytes(MAX_HELD_BYTES);
    private final Semaphore largeAnswers = new Semaphore(1);
    private final Queue<CompletableFuture<JsonNode>> started = new ArrayDeque<>();
    private final Queue<Runnable> workers = new ArrayDeque<>();

    @Test
    void shouldNotStartTheRestOfABatchWhoseAnswersFillTheServerI10() throws Exception {
        // given
        final JsonRpcMethod method =
                (params, caller) -> {
                    final CompletableFuture<JsonNode> answer =
                            CompletableFuture.completedFuture(
                                    TextNode.valueOf("x".repeat(ANSWER_BYTES)));
                    started.add(answer);
                    return answer;
                };

        // when
        final CompletableFuture<Reply> reply = dispatch(method, 100);

        // then
        assertThat(started).hasSize(MAX_HELD_BYTES / ANSWER_BYTES);
        final JsonNode answers = StrictJson.ANSWERS.read(reply.get(10, TimeUnit.SECONDS).body());
        assertThat(answers).hasSize(100);
        assertThat(answers.path(4).path("result").textValue()).hasSize(ANSWER_BYTES);
        assertThat(answers.path(5).path("id").intValue()).isEqualTo(5);
        assertThat(answers.path(5).path("error").path("message").asText())
                .contains("overloaded", "nothing was done, try again");
    }

    @Test
    void shouldRunFewCallsOfABatchSideBySideAndGoOnOnWorkersI10() throws Exception {
        final CompletableFuture<Reply> reply = dispatch(this::pending, 20);
        assertThat(started).hasSize(Batch.LANES);

        // An answer alone starts nothing on the thread that brings it.
        started.remove().complete(TextNode.valueOf("first"));
        assertThat(started).hasSize(Batch.LANES - 1);
        workers.remove().run();
        assertThat(started).hasSize(Batch.LANES);

        while (!started.isEmpty()) {
            started.remove().complete(TextNode.valueOf("later"));
            while (!workers.isEmpty()) {
                workers.remove().run();
            }
        }
        final JsonNode answers = StrictJson.ANSWERS.read(reply.get(10, TimeUnit.SECONDS).body());
        for (int i = 0; i < 20; i++) {
            assertThat(answers.path(i).path("id").intValue()).isEqualTo(i);
        }
    }

    @Test
    void shouldStartAllCallsOfABatchThatWaitForTheWorld() {
        final CompletableFuture<Reply> reply = dispatch(JsonRpcMethod.waiting(this::pending), 20);

        assertThat(started).hasSize(20);
        assertThat(reply).isNotDone();
    }

    @Test
    void shouldMakeOneLargeAnswerOfABatchAtATimeAndRefuseOthersMeanwhileI10() throws Exception {
        final JsonRpcMethod method = JsonRpcMethod.large(this::pending);
        final CompletableFuture<Reply> batch = dispatch(method, 3);
        assertThat(started).hasSize(1);

        // when: somebody else wants one, too
        final CompletableFuture<Reply> other = dispatch(method, "{\"id\":7,\"method\":\"m\"}");

        // then
        assertThat(new String(other.get(10, TimeUnit.SECONDS).body(), UTF_8))
                .contains("overloaded", "\"id\":7");
        for (int i = 0; i < 3; i++) {
            assertThat(started).hasSize(1);
            started.remove().complete(JsonNodeFactory.instance.numberNode(i));
        }
        assertThat(new String(batch.get(10, TimeUnit.SECONDS).body(), UTF_8))
                .contains("\"result\":0", "\"result\":1", "\"result\":2");
        assertThat(largeAnswers.availablePermits()).isEqualTo(1);
    }

    /** What was asked for while there was room may come when there is none. */
    @Test
    void shouldLetAnswersOfOthersGoForWhichThereIsNoRoomI10() throws Exception {
        final List<CompletableFuture<RawJson>> asked = new ArrayList<>();
        final Dispatcher dispatcher = ofOthers(asked);
        final List<HeldBytes.Share> shares = new ArrayList<>();
        final List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            final HeldBytes.Share share = held.share();
            shares.add(share);
            replies.add(
                    dispatcher.dispatch(
                            "{\"id\":1,\"method\":\"theirs\"}".getBytes(UTF_8),
                            new Asker(CALLER, share, null),
                            workers::add));
        }
        final RawJson large = RawJson.of(TextNode.valueOf("x".repeat(ANSWER_BYTES)));
        for (int i = 0; i < 10; i++) {
            if (i % 2 == 0) {
                asked.get(i).complete(large);
            } else {
                asked.get(i)
                        .completeExceptionally(
                                JsonRpcError.passedOn(new RawAnswer.Refusal(large, 1)));
            }
        }

        assertThat(held.bytes()).isBetween(4L * ANSWER_BYTES, (long) MAX_HELD_BYTES);
        for (int i = 0; i < 10; i++) {
            final Reply reply = replies.get(i).get(10, TimeUnit.SECONDS);
            if (i >= 4) {
                assertThat(new String(reply.body(), UTF_8))
                        .contains("overloaded: the answer came, and there is no room for it");
            }
            shares.get(i).replaceBy(reply.body().length);
            shares.get(i).release();
        }
        assertThat(held.bytes()).isZero();
    }

    @Test
    void shouldCountTheAnswersOfOthersInABatchOnce() throws Exception {
        final List<CompletableFuture<RawJson>> asked = new ArrayList<>();
        final CompletableFuture<Reply> reply =
                ofOthers(asked)
                        .dispatch(
                                "[{\"id\":1,\"method\":\"theirs\"},{\"method\":\"theirs\"}]"
                                        .getBytes(UTF_8),
                                new Asker(CALLER, held.share(), null),
                                workers::add);
        final RawJson value = RawJson.of(TextNode.valueOf("x".repeat(ANSWER_BYTES)));
        asked.forEach(answer -> answer.complete(value));

        // The brackets are the array's.
        assertThat(held.bytes()).isEqualTo(reply.get(10, TimeUnit.SECONDS).body().length - 2L);
    }

    @Test
    void shouldNotAnswerACallWithoutIdWhenThereIsNoRoom() throws Exception {
        final List<CompletableFuture<RawJson>> asked = new ArrayList<>();
        final CompletableFuture<Reply> reply =
                ofOthers(asked)
                        .dispatch(
                                "{\"method\":\"theirs\"}".getBytes(UTF_8),
                                new Asker(CALLER, held.share(), null),
                                workers::add);
        held.share().add(2 * MAX_HELD_BYTES);

        asked.get(0).complete(RawJson.of(TextNode.valueOf("done")));

        assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEmpty();
    }

    private Dispatcher ofOthers(final List<CompletableFuture<RawJson>> asked) {
        final OtherMethods others =
                new OtherMethods() {
                    @Override
                    public boolean waits(final String method) {
                        return false;
                    }

                    @Override
                    public @Nullable JsonRpcSubscription subscription(final String method) {
                        return null;
                    }

                    @Override
                    public CompletableFuture<RawJson> call(
                            final String method,
                            final @Nullable RawJson params,
                            final Caller caller) {
                        final CompletableFuture<RawJson> answer = new CompletableFuture<>();
                        asked.add(answer);
                        return answer;
                    }
                };
        return new Dispatcher(
                new Endpoint(Map.of(), Map.of(), others), ServerLimits.standard(), largeAnswers);
    }

    private CompletableFuture<JsonNode> pending(final Params params, final Caller caller) {
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        started.add(answer);
        return answer;
    }

    private CompletableFuture<Reply> dispatch(final JsonRpcMethod method, final int calls) {
        final StringBuilder batch = new StringBuilder();
        for (int i = 0; i < calls; i++) {
            batch.append(i == 0 ? "[" : ",").append("{\"id\":" + i + ",\"method\":\"m\"}");
        }
        return dispatch(method, batch.append("]").toString());
    }

    private CompletableFuture<Reply> dispatch(final JsonRpcMethod method, final String request) {
        return new Dispatcher(
                        Endpoint.of(Map.of("m", method)), ServerLimits.standard(), largeAnswers)
                .dispatch(
                        request.getBytes(UTF_8),
                        new Asker(CALLER, held.share(), null),
                        workers::add);
    }
}
