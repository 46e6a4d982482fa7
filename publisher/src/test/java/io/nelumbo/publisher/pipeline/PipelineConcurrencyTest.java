package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clients, real threads, and a leadership that comes and goes under load. */
final class PipelineConcurrencyTest {

    private static final int CLIENTS = 6;
    private static final int REQUESTS = 400;
    private static final int ACCOUNTS = 3;
    private static final int LEADERSHIPS = 25;

    private static final PipelineOptions OPTIONS =
            new PipelineOptions(64, WaitStrategyName.BLOCKING, 2, 4096, 16, 3, 1 << 20, 1 << 30);

    private final Map<Long, Receipt> receipts = new ConcurrentHashMap<>();

    @Test
    void shouldCommitEachRequestOnceWhileLeadershipComesAndGoesI1I4() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
        final AtomicBoolean done = new AtomicBoolean();
        try (RunningPipeline running = RunningPipeline.leadingWith(OPTIONS, ACCOUNTS)) {
            // given
            final Future<?> raft = threads.submit(() -> comeAndGo(running, done, seed));

            // when
            final var clients =
                    IntStream.range(0, CLIENTS)
                            .mapToObj(client -> threads.submit(() -> publishAll(running, client)))
                            .toList();
            for (final Future<?> client : clients) {
                client.get();
            }
            done.set(true);
            raft.get();

            // then
            assertThat(running.faults).isEmpty();
            assertThat(running.replica.rejections()).isEmpty();
            check(running);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Half of the ids are every client's, so that the same id comes from many threads at once. */
    private void publishAll(final RunningPipeline running, final int client) {
        for (int n = 0; n < REQUESTS; n++) {
            final long id = n % 2 == 0 ? n : 10_000L * (client + 1) + n;
            publishUntilDone(running, id);
        }
    }

    private void publishUntilDone(final RunningPipeline running, final long id) {
        final int account = (int) (id % ACCOUNTS);
        final String text = "m" + id;
        RunningPipeline.await(
                () -> {
                    final TestDraft draft = TestDraft.failing(account, text, id % 7 == 0 ? 1 : 0);
                    final PublishOutcome outcome =
                            running.pipeline.publish(request(id, account, text, draft)).join();
                    if (!(outcome instanceof Published published)) {
                        return id % 7 == 0 && outcome instanceof PublishOutcome.NotSigned;
                    }
                    final Receipt earlier = receipts.putIfAbsent(id, published.receipt());
                    assertThat(earlier == null || Requests.same(published.receipt(), earlier))
                            .as("the receipt of id %d (I4)", id)
                            .isTrue();
                    return true;
                });
    }

    private static void comeAndGo(
            final RunningPipeline running, final AtomicBoolean done, final long seed) {
        final Random random = new Random(seed);
        int leaderships = 0;
        while (!done.get()) {
            if (!running.replica.commitWhenThereIsOne()) {
                continue;
            }
            if (leaderships < LEADERSHIPS && random.nextInt(20) == 0) {
                leaderships++;
                final int surviving = random.nextInt(running.replica.uncommitted() + 1);
                if (random.nextInt(3) == 0) {
                    running.replica.lose(surviving);
                } else {
                    running.lose(surviving);
                }
                running.pipeline.onLeading(running.replica.lead());
            }
        }
    }

    private void check(final RunningPipeline running) {
        final Map<Integer, Long> next = new HashMap<>();
        final Map<Long, String> committed = new HashMap<>();
        running.replica.journal().stream()
                .flatMap(batch -> batch.events().stream())
                .filter(Event.MessageSequenced.class::isInstance)
                .map(Event.MessageSequenced.class::cast)
                .forEach(
                        message -> {
                            final long expected =
                                    next.merge(message.accountId(), 1L, Long::sum) - 1;
                            final long id = message.requestId().low();
                            assertThat(message.nonce()).as("gapless (I1)").isEqualTo(expected);
                            assertThat(message.signedBytes())
                                    .isEqualTo(TestDraft.signedBytes("m" + id, expected));
                            assertThat(committed.put(id, "once")).as("id %d twice", id).isNull();
                            assertThat(receipts).containsKey(id);
                        });
        assertThat(committed.keySet()).isEqualTo(receipts.keySet());
    }
}
