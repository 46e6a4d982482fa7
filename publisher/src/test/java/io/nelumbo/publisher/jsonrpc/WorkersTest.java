package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WorkersTest {
    private static final int QUEUE = 2;
    private static final byte[] CALL = "{\"id\":1,\"method\":\"block\"}".getBytes(UTF_8);

    private static final Caller CALLER = new Caller(Set.of(), new byte[8]);

    private final Asker asker = new Asker(CALLER, new HeldBytes(1 << 20).share(), null);

    @Test
    void shouldTurnAwayAtOnceWhenTheQueueIsFullAndServeWhatItTook() throws Exception {
        final CountDownLatch gate = new CountDownLatch(1);
        final Dispatcher dispatcher =
                new Dispatcher(
                        Endpoint.of(
                                Map.of(
                                        "block",
                                        (params, caller) -> {
                                            awaitQuietly(gate);
                                            return CompletableFuture.completedFuture(
                                                    NullNode.instance);
                                        })),
                        ServerLimits.standard(),
                        new Semaphore(1));
        final Workers workers = new Workers(QUEUE);
        final List<CompletableFuture<Reply>> replies = new ArrayList<>();

        // More than any number of threads takes, so that the last ones find the queue full.
        for (int i = 0; i < 20; i++) {
            replies.add(workers.dispatch(dispatcher, CALL, asker));
        }

        final long turnedAway = replies.stream().filter(CompletableFuture::isDone).count();
        assertThat(turnedAway).isBetween(20L - QUEUE - 8, 20L - QUEUE - 2);
        assertThat(text(replies.get(19))).contains("overloaded: 2 requests are waiting");
        gate.countDown();
        for (final CompletableFuture<Reply> reply : replies) {
            assertThat(text(reply)).containsAnyOf("overloaded", "\"result\":null");
        }
        workers.close();
        assertThat(text(workers.dispatch(dispatcher, CALL, asker))).contains("overloaded");
    }

    private static String text(final CompletableFuture<Reply> reply) throws Exception {
        return new String(reply.get(10, TimeUnit.SECONDS).body(), UTF_8);
    }

    private static void awaitQuietly(final CountDownLatch gate) {
        try {
            gate.await(10, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
