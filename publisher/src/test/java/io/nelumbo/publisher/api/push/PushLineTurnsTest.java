package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import java.math.BigInteger;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How lines share their threads with everybody else, and what becomes of them when a part fails.
 */
final class PushLineTurnsTest {
    private static final int LINES = 8;
    private static final int PART = 256;

    @Test
    void shouldLetOthersBetweenThePushesOfLinesI10() {
        // given: one thread, and eight lines that have a part each to prepare
        final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(20_000, 0));
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        final ThreadPoolExecutor thread =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(10_000));
        thread.execute(gate::join);
        final AtomicInteger verified = new AtomicInteger();
        final CompletableFuture<Integer> place = new CompletableFuture<>();
        final Gateway gateway =
                new Gateway(
                        new GatewayPorts(
                                node.ports.cluster(),
                                node.ports.ledger(),
                                node.ports.applied(),
                                request -> {
                                    if (request.requestId().high() == 1) {
                                        place.complete(verified.get());
                                    }
                                    return node.ports.pipeline().apply(request);
                                },
                                node.ports.accounts(),
                                node.ports.wallet(),
                                node.ports.chain(),
                                () -> {
                                    // Asked once for each signature.
                                    verified.incrementAndGet();
                                    return node.network;
                                },
                                thread),
                        GatewayFixture.patience(20_000, 0));
        final List<Push> part = signed(node);
        node.log.open(node.from.account(), 5);
        final BlockingQueue<PushReply> replies = new LinkedBlockingQueue<>();
        try {
            for (int line = 0; line < LINES; line++) {
                gateway.line(GatewayFixture.PRINCIPAL)
                        .publish(
                                part.stream()
                                        .map(push -> new PushLine.Entry(push, replies::add))
                                        .toList());
            }

            // when: somebody else asks behind them
            final var answer =
                    gateway.onLeaderCall(
                            LeaderWire.encode(
                                    new PushCall(
                                            GatewayFixture.PRINCIPAL,
                                            List.of(push(node, new UUID(1, 1))))));
            gate.complete(null);

            // then
            assertThat(place.orTimeout(20, TimeUnit.SECONDS).join()).isLessThanOrEqualTo(64);
            answer.orTimeout(20, TimeUnit.SECONDS).join();
            for (int i = 0; i < LINES * PART; i++) {
                next(replies);
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void shouldAnswerAPartThatThrowsAndGoOnWithTheNext() {
        // given: the first of a part is replied to before the part fails
        final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(1000, 0));
        final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        final AtomicInteger parts = new AtomicInteger();
        final PushLine line =
                new PushLine(
                        part -> {
                            part.get(0).refuse(RefusalKind.REFUSED, "no", 0);
                            if (parts.getAndIncrement() == 0) {
                                throw new IllegalStateException("broken by the test");
                            }
                            return CompletableFuture.completedFuture(null);
                        },
                        tasks::add);
        final BlockingQueue<PushReply> replies = new LinkedBlockingQueue<>();

        // when
        line.publish(List.of(entry(node, 1, replies), entry(node, 2, replies)));
        runAll(tasks);
        line.publish(List.of(entry(node, 3, replies)));
        runAll(tasks);

        // then
        assertThat(replies)
                .extracting(reply -> ((PushReply.Refused) reply).kind())
                .containsExactly(
                        RefusalKind.REFUSED, RefusalKind.OUTCOME_UNKNOWN, RefusalKind.REFUSED);
        assertThat(replies)
                .extracting(reply -> ((PushReply.Refused) reply).requestId().low())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldAnswerWhatItsExecutorDoesNotTakeAndGoOnWhenItDoesAgain() {
        // given
        final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(1000, 0));
        final ThreadPoolExecutor ended =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        ended.shutdownNow();
        final AtomicReference<Executor> executor = new AtomicReference<>(ended);
        final PushLine line =
                new PushLine(
                        part -> {
                            part.forEach(entry -> entry.refuse(RefusalKind.REFUSED, "no", 0));
                            return CompletableFuture.completedFuture(null);
                        },
                        task -> executor.get().execute(task));
        final BlockingQueue<PushReply> replies = new LinkedBlockingQueue<>();

        // when
        line.publish(List.of(entry(node, 1, replies)));
        executor.set(Runnable::run);
        line.publish(List.of(entry(node, 2, replies)));

        // then
        assertThat(replies)
                .extracting(reply -> ((PushReply.Refused) reply).kind())
                .containsExactly(RefusalKind.OUTCOME_UNKNOWN, RefusalKind.REFUSED);
    }

    private static void runAll(final Queue<Runnable> tasks) {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            try {
                next.run();
            } catch (final IllegalStateException thrown) {
                // An executor's thread would end here.
                assertThat(thrown).hasMessage("broken by the test");
            }
        }
    }

    /** A part of consecutive nonces, which every line may push: whoever is first publishes. */
    private static List<Push> signed(final GatewayFixture node) {
        final FilecoinDraft draft =
                FilecoinDraft.of(
                        node.message(1, 100_000)
                                .withGas(100_000, BigInteger.valueOf(200), BigInteger.TEN),
                        node.key);
        return IntStream.range(0, PART)
                .mapToObj(
                        i ->
                                Push.signed(
                                        SignedFilecoinMessage.decode(
                                                ((Signing.Signed) draft.sign(5 + i)).bytes())))
                .toList();
    }

    private static PushLine.Entry entry(
            final GatewayFixture node, final int id, final BlockingQueue<PushReply> replies) {
        return new PushLine.Entry(push(node, new UUID(7, id)), replies::add);
    }

    private static Push push(final GatewayFixture node, final UUID id) {
        return Push.of(node.message(1), GatewayFixture.spec(id));
    }

    private static PushReply next(final BlockingQueue<PushReply> replies) {
        try {
            final PushReply next = replies.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("expected a reply within 20 s but was none");
            }
            return next;
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
