package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.PublishOutcome.LaneHalted;
import io.nelumbo.publisher.pipeline.PublishOutcome.NotLeading;
import io.nelumbo.publisher.pipeline.PublishOutcome.NotSigned;
import io.nelumbo.publisher.pipeline.PublishOutcome.OutcomeUnknown;
import io.nelumbo.publisher.pipeline.PublishOutcome.Overloaded;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import io.nelumbo.publisher.pipeline.PublishOutcome.RequestIdReused;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which requests get a nonce, and what the others are told. */
final class SequencerTest {

    private final SimulatedPipeline pipeline = SimulatedPipeline.leadingWith(2);

    @Test
    void shouldAnswerNotLeadingWhileTheEpochIsOpening() {
        // given
        final SimulatedPipeline opening = new SimulatedPipeline(SimulatedPipeline.options());
        opening.lead();
        opening.runStages();

        // when
        final var outcome = opening.publish(request(1, 0, "a"));

        // then
        assertThat(outcome).isCompletedWithValueMatching(NotLeading.class::isInstance);
    }

    @Test
    void shouldNumberAheadOfTheCommit() {
        // when
        pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.publish(request(2, 0, "b"));
        pipeline.runStages();

        // then
        assertThat(pipeline.replica.uncommitted()).isEqualTo(2);
        pipeline.runAll();
        assertThat(pipeline.messages(0)).containsExactly("a@0", "b@1");
    }

    @Test
    void shouldShareOneOutcomeBetweenCallsInFlightWithOneRequestIdI4() {
        // when
        final var first = pipeline.publish(request(1, 0, "a"));
        final var second = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        final var third = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(pipeline.messages(0)).containsExactly("a@0");
        assertThat(List.of(second, third))
                .allSatisfy(call -> assertThat(call.join()).isSameAs(first.join()));
    }

    @Test
    void shouldRefuseARequestIdInFlightWithAnotherMessageI4() {
        // given
        pipeline.publish(request(1, 0, "a"));

        // when
        final var reused = pipeline.publish(request(1, 0, "b"));
        pipeline.runAll();

        // then
        assertThat(reused.join()).isInstanceOf(RequestIdReused.class);
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldAnswerACommittedRequestIdWithItsReceiptI4() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        final var reused = pipeline.publish(request(1, 0, "b"));
        pipeline.runAll();

        // then
        assertThat(again.join())
                .usingRecursiveComparison()
                .ignoringFields("receipt.epoch")
                .isEqualTo(first.join());
        assertThat(reused.join()).isInstanceOf(RequestIdReused.class);
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldAnswerWithTheFirstBytesAfterTheMessageWasReplacedI4() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();
        pipeline.offer(new Event.MessageReplaced(0, 0, new byte[] {1}, new byte[32], "fee raised"));
        pipeline.runAll();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(again.join()).usingRecursiveComparison().isEqualTo(first.join());
    }

    @Test
    void shouldSayThatItIsCommittedWhenNothingHereHoldsTheReceiptsBytes() {
        // given: as after a snapshot was installed, and before a peer has sent the records
        pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();
        pipeline.offer(new Event.MessageReplaced(0, 0, new byte[] {1}, new byte[32], "fee raised"));
        pipeline.runAll();
        pipeline.replica.forgetJournal();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(((OutcomeUnknown) again.join()).reason())
                .isEqualTo("committed at sequence 3, which this node's journal does not hold yet");
    }

    @Test
    void shouldAnswerFromTheOutboxWithoutTheJournalWhileItHasTheBytesI4() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();
        pipeline.replica.breakJournal();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        final Receipt expected = ((Published) first.join()).receipt();
        final Receipt answered = ((Published) again.join()).receipt();
        assertThat(answered).usingRecursiveComparison().ignoringFields("epoch").isEqualTo(expected);
        assertThat(answered.epoch()).isZero();
        assertThat(pipeline.faults).isEmpty();
    }

    @Test
    void shouldNotForgetARequestInFlightWhoseClientGaveUpI4() {
        // given
        final var abandoned = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        abandoned.cancel(true);

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(again.join()).isInstanceOf(Published.class);
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldFindARequestBetweenItsApplyAndItsAnswerI4() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.replica.commit();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        pipeline.sequenceNext();
        pipeline.runAll();

        // then
        assertThat(again.join()).isSameAs(first.join());
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldTakeARequestIdAgainAfterItsFirstAttemptFailed() {
        // given
        final var failed = pipeline.publish(request(1, 0, "a", TestDraft.failing(0, "a", 1)));
        pipeline.runAll();

        // when
        final var again = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(failed.join()).isInstanceOf(NotSigned.class);
        assertThat(again.join()).isInstanceOf(Published.class);
    }

    @Test
    void shouldTakeNothingNewWhileTheLaneIsHalted() {
        // given
        pipeline.offer(new Event.LaneHalted(0, "foreign nonce"));

        // when
        final var halted = pipeline.publish(request(1, 0, "a"));
        final var otherLane = pipeline.publish(request(2, 1, "b"));
        pipeline.offer(new Event.LaneResumed(0, "looked at"));
        final var resumed = pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();

        // then
        assertThat(halted.join()).isEqualTo(new LaneHalted("foreign nonce"));
        assertThat(otherLane.join()).isInstanceOf(Published.class);
        assertThat(resumed.join()).isInstanceOf(Published.class);
    }

    @Test
    void shouldRememberAHaltedLaneAcrossEpochs() {
        // given
        pipeline.offer(new Event.LaneHalted(0, "foreign nonce"));
        pipeline.runAll();
        pipeline.lose(0);
        pipeline.leadAndOpen();

        // when
        final var halted = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(halted.join()).isEqualTo(new LaneHalted("foreign nonce"));
    }

    @Test
    void shouldAnswerOverloadedWhenTooManyMessagesAreUnconfirmed() {
        // given
        final SimulatedPipeline bounded =
                new SimulatedPipeline(
                        new PipelineOptions(
                                64, WaitStrategyName.BLOCKING, 1, 4096, 8, 4, 2, 1 << 20));
        bounded.leadAndOpen();
        bounded.offer(Requests.open(0, 0));
        bounded.runAll();

        // when
        final List<CompletableFuture<PublishOutcome>> outcomes =
                List.of(
                        bounded.publish(request(1, 0, "a")),
                        bounded.publish(request(2, 0, "b")),
                        bounded.publish(request(3, 0, "c")));
        bounded.runAll();
        bounded.offer(new Event.NonceConfirmed(0, 1, 100));
        final var afterConfirmation = bounded.publish(request(3, 0, "c"));
        bounded.runAll();
        final var afterThat = bounded.publish(request(3, 0, "c"));
        bounded.runAll();

        // then
        assertThat(outcomes)
                .extracting(outcome -> (Object) outcome.join().getClass())
                .containsExactly(Published.class, Published.class, Overloaded.class);
        assertThat(afterConfirmation.join()).isInstanceOf(Overloaded.class);
        assertThat(afterThat.join()).isInstanceOf(Published.class);
    }

    @Test
    void shouldAnswerKnownRequestIdsButTakeNothingNewWhenTheDiskIsFull() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();
        pipeline.diskHasRoom = false;

        // when
        final var fresh = pipeline.publish(request(2, 0, "b"));
        final var known = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(fresh.join()).isInstanceOf(Overloaded.class);
        assertThat(known.join())
                .usingRecursiveComparison()
                .ignoringFields("receipt.epoch")
                .isEqualTo(first.join());
    }

    @Test
    void shouldAnswerOverloadedWhenTooManyWaitForOneRequestId() {
        // given
        final PendingRequest first = new PendingRequest(request(1, 0, "a"));

        // when
        for (int n = 0; n < 1024; n++) {
            assertThat(first.join(new PendingRequest(request(1, 0, "a"))))
                    .isEqualTo(PendingRequest.Joining.JOINED);
        }

        // then
        assertThat(first.join(new PendingRequest(request(1, 0, "a"))))
                .isEqualTo(PendingRequest.Joining.TOO_MANY);
    }
}
