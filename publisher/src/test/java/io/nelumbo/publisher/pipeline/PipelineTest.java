package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.PublishOutcome.NotLeading;
import io.nelumbo.publisher.pipeline.PublishOutcome.OutcomeUnknown;
import io.nelumbo.publisher.pipeline.PublishOutcome.Overloaded;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ring with its threads. */
final class PipelineTest {

    /** Room for so little that a few messages fill it. */
    private static final PipelineOptions TINY =
            new PipelineOptions(8, WaitStrategyName.BLOCKING, 2, 4096, 1, 1, 1 << 20, 1 << 30);

    private final RunningPipeline running = RunningPipeline.leadingWith(TINY, 1);
    private final Pipeline pipeline = running.pipeline;

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void shouldAnswerOnTheReceiptsThread() {
        // given
        final List<String> threads = new ArrayList<>();

        // when
        final var outcome = pipeline.publish(request(1, 0, "a"));
        final var told =
                outcome.thenAccept(published -> threads.add(Thread.currentThread().getName()));
        running.commitUntil(told::isDone);

        // then
        assertThat(outcome.join()).isInstanceOf(Published.class);
        assertThat(threads).containsExactly(RunningPipeline.RECEIPTS_THREAD);
    }

    @Test
    void shouldAnswerOverloadedAtOnceWhenTheRingIsFullAndThenEverybodyElse() {
        // when
        final List<CompletableFuture<PublishOutcome>> outcomes = publishUntilFullWithOneInFlight();

        // then
        final int accepted = outcomes.size() - 1;
        assertThat(outcomes.get(accepted).join()).isEqualTo(Bounds.RING_FULL);
        assertThat(outcomes.subList(0, accepted)).noneMatch(CompletableFuture::isDone);

        // and when
        running.commitUntil(() -> outcomes.stream().allMatch(CompletableFuture::isDone));

        // then
        assertThat(outcomes.subList(0, accepted))
                .allMatch(outcome -> outcome.join() instanceof Published);
    }

    @Test
    void shouldOpenTheNextEpochThoughTheRingIsFull() {
        // given
        final List<CompletableFuture<PublishOutcome>> outcomes = publishUntilFullWithOneInFlight();

        // when
        running.lose(0);
        running.leadAndOpen();

        // then
        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThat(outcomes.get(0).join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(outcomes.get(outcomes.size() - 2).join()).isInstanceOf(NotLeading.class);
        RunningPipeline.await(() -> running.epochsTold.contains("opened 2"));
        assertThat(running.epochsTold).containsExactly("opened 1", "closed 1", "opened 2");
    }

    @Test
    void shouldAnswerEverybodyWhenItIsClosed() {
        // given
        final List<CompletableFuture<PublishOutcome>> outcomes = publishUntilFullWithOneInFlight();
        final var offer = pipeline.offer(new Event.LaneHalted(0, "late"));

        // when
        running.close();

        // then
        RunningPipeline.await(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
        RunningPipeline.await(offer::isDone);
        assertThat(outcomes.get(0).join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(outcomes.get(outcomes.size() - 2).join()).isInstanceOf(NotLeading.class);
        assertThat(pipeline.publish(request(99, 0, "z")).join()).isInstanceOf(NotLeading.class);
        assertThat(running.epochsTold).containsExactly("opened 1", "closed 1");
        assertThat(pipelineThreads()).isEmpty();
    }

    @Test
    void shouldAnswerEverybodyWhoPublishesWhileItCloses() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (RunningPipeline closing = RunningPipeline.leadingWith(TINY, 1)) {
                // given
                final CountDownLatch publishing = new CountDownLatch(2);
                final Queue<CompletableFuture<PublishOutcome>> outcomes =
                        new ConcurrentLinkedQueue<>();
                final Runnable publishUntilRefused =
                        () -> {
                            CompletableFuture<PublishOutcome> last;
                            do {
                                last = closing.pipeline.publish(request(1, 0, "a"));
                                outcomes.add(last);
                                publishing.countDown();
                                closing.replica.commit();
                            } while (!last.isDone() || !(last.join() instanceof NotLeading));
                        };
                final List<Thread> clients =
                        List.of(new Thread(publishUntilRefused), new Thread(publishUntilRefused));
                clients.forEach(Thread::start);
                publishing.await();

                // when
                closing.pipeline.close();
                for (final Thread client : clients) {
                    client.join();
                }

                // then
                RunningPipeline.await(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
            }
        }
    }

    @Test
    void shouldNotHoldUpNewReceiptsWhileTheJournalIsReadForFormerOnes_I10() {
        // given: a message whose first bytes only the journal still has, and a slow disk
        final var first = pipeline.publish(request(1, 0, "a"));
        running.commitUntil(first::isDone);
        replaceFirst();
        running.journalReadable = new CountDownLatch(1);

        // when
        final List<CompletableFuture<PublishOutcome>> retries = new ArrayList<>();
        while (retries.size() < PipelineThreads.MAX_JOURNAL_READS + 100) {
            final var retry = pipeline.publish(request(1, 0, "a"));
            if (!retry.isDone() || retry.join() != Bounds.RING_FULL) {
                retries.add(retry);
            }
        }
        final var next = new AtomicReference<>(pipeline.publish(request(2, 0, "b")));
        running.commitUntil(
                () -> {
                    if (next.get().isDone() && next.get().join() == Bounds.RING_FULL) {
                        next.set(pipeline.publish(request(2, 0, "b")));
                    }
                    return next.get().isDone() && next.get().join() != Bounds.RING_FULL;
                });

        // then: new ones come through, and what is beyond the bound is told so
        assertThat(next.get().join()).isInstanceOf(Published.class);
        assertThat(retries.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .hasSizeBetween(1, 100)
                .allSatisfy(
                        refused ->
                                assertThat(((OutcomeUnknown) refused).reason())
                                        .startsWith("committed at sequence "));

        // when
        running.journalReadable.countDown();

        // then
        RunningPipeline.await(() -> retries.stream().allMatch(CompletableFuture::isDone));
        final Receipt told = ((Published) retries.get(0).join()).receipt();
        assertThat(Requests.same(told, ((Published) first.join()).receipt())).isTrue();
    }

    @Test
    void shouldHaltWhenTheJournalCannotBeReadForAFormerReceipt() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        running.commitUntil(first::isDone);
        replaceFirst();
        running.replica.breakJournal();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));

        // then
        assertThat(again.join()).isInstanceOf(OutcomeUnknown.class);
        RunningPipeline.await(() -> running.faults.size() == 1);
    }

    private void replaceFirst() {
        final var replaced =
                pipeline.offer(
                        new Event.MessageReplaced(
                                0, 0, new byte[] {1}, new byte[32], "fee raised"));
        running.commitUntil(replaced::isDone);
    }

    @Test
    void shouldOpenNothingAfterItIsClosed() {
        // when
        running.close();
        pipeline.onLeading(running.replica.lead());
        pipeline.onLeadershipLost();

        // then
        assertThat(pipeline.isOpen()).isFalse();
        assertThat(running.faults).isEmpty();
    }

    @Test
    void shouldEndTheEpochLoudlyWhenAStageThrows() {
        // given
        running.diskHasRoom =
                () -> {
                    throw new IllegalStateException("the watermark cannot be read");
                };

        // when
        final var outcome = pipeline.publish(request(1, 0, "a"));

        // then
        assertThat(outcome.join()).isInstanceOf(OutcomeUnknown.class);
        RunningPipeline.await(() -> running.stepDowns.get() == 1 && !running.faults.isEmpty());
        assertThat(running.faults)
                .singleElement()
                .asString()
                .contains("the watermark cannot be read");
        assertThat(pipeline.isOpen()).isFalse();

        // and when
        running.diskHasRoom = () -> true;
        running.lose(0);
        running.leadAndOpen();
        final var again = pipeline.publish(request(1, 0, "a"));
        running.commitUntil(again::isDone);

        // then
        assertThat(again.join()).isInstanceOf(Published.class);
    }

    @Test
    void shouldRefuseAMalformedRequestOnTheCallersThread() {
        final PublishRequest unknownAccount = request(1, 7, "a");
        final PublishRequest sound = request(1, 0, "a");
        final PublishRequest shortHash =
                new PublishRequest(sound.requestId(), new byte[31], new byte[8], 0, sound.draft());

        assertThatThrownBy(() -> pipeline.publish(unknownAccount))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one of 1 open accounts but was number 7");
        assertThatThrownBy(() -> pipeline.publish(shortHash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a requestHash of 32 bytes but was 31");
    }

    @Test
    void shouldStandStillBehindClientsThatDoNotTakeTheirReceipts() {
        // given
        final Semaphore slowClient = new Semaphore(0);
        final var first = pipeline.publish(request(1, 0, "a"));
        final var taken = first.thenAccept(outcome -> slowClient.acquireUninterruptibly());
        running.commitUntil(first::isDone);

        // when
        final List<CompletableFuture<PublishOutcome>> outcomes = publishUntilFull();

        // then
        assertThat(outcomes.get(outcomes.size() - 1).join()).isInstanceOf(Overloaded.class);
        slowClient.release();
        running.commitUntil(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
        assertThat(taken).isCompleted();
    }

    private List<CompletableFuture<PublishOutcome>> publishUntilFullWithOneInFlight() {
        final List<CompletableFuture<PublishOutcome>> outcomes = publishUntilFull();
        RunningPipeline.await(() -> running.replica.uncommitted() == 1);
        return outcomes;
    }

    private List<CompletableFuture<PublishOutcome>> publishUntilFull() {
        final List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
        // The stages may have taken a few out of the ring, but they cannot take many.
        RunningPipeline.await(
                () -> {
                    final int id = 100 + outcomes.size();
                    outcomes.add(pipeline.publish(request(id, 0, "m" + id)));
                    return outcomes.get(outcomes.size() - 1).isDone();
                });
        return outcomes;
    }

    private static List<String> pipelineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("pipeline-"))
                .toList();
    }
}
