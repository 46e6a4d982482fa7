package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.pipeline.PublishOutcome.NotLeading;
import io.nelumbo.publisher.pipeline.PublishOutcome.OutcomeUnknown;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CLOSED → OPENING → OPEN → CLOSED, and what becomes of those who wait. DESIGN §6. */
final class EpochsTest {

    private final SimulatedPipeline pipeline = SimulatedPipeline.leadingWith(1);

    @Test
    void shouldOpenTheEpochAloneInItsBatchBeforeAnythingElse() {
        assertThat(pipeline.replica.journal().get(0))
                .isEqualTo(new EventBatch(1, 0, 1_000, List.of(new Event.EpochOpened(1, "self"))));
        assertThat(pipeline.epochsTold).containsExactly("opened 1");
    }

    @Test
    void shouldSayUnknownOfWhatWasSubmittedAndNotLeadingOfTheRest() {
        // given
        final var submitted = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        final var packed = pipeline.publish(request(2, 0, "b"));
        pipeline.sequenceNext();
        pipeline.signNext();
        pipeline.replicateNext();
        final var sequenced = pipeline.publish(request(3, 0, "c"));
        pipeline.sequenceNext();
        final var claimed = pipeline.publish(request(4, 0, "d"));

        // when
        pipeline.lose(0);
        pipeline.runStages();

        // then
        assertThat(submitted.join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(List.of(packed, sequenced, claimed))
                .allSatisfy(call -> assertThat(call.join()).isInstanceOf(NotLeading.class));
        pipeline.leadAndOpen();
        assertThat(pipeline.messages(0)).as("survived").isEmpty();
    }

    @Test
    void shouldAnswerARetryFromTheLedgerWhenAnUnknownBatchWasCommittedI4() {
        // given
        final var unknown = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.lose(1);
        pipeline.leadAndOpen();

        // when
        final var retried = pipeline.publish(request(1, 0, "a"));
        final var next = pipeline.publish(request(2, 0, "b"));
        pipeline.runAll();

        // then
        assertThat(unknown.join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(((Published) retried.join()).receipt().nonce()).isZero();
        assertThat(((Published) next.join()).receipt().nonce()).isEqualTo(1);
        assertThat(pipeline.messages(0)).containsExactly("a@0", "b@1");
    }

    @Test
    void shouldPublishARetryAnewWhenAnUnknownBatchWasLostI4() {
        // given
        pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.lose(0);
        pipeline.leadAndOpen();

        // when
        final var retried = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(((Published) retried.join()).receipt().epoch()).isEqualTo(2);
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldEndTheEpochAndStepDownOnceWhenABatchIsLostSightOf() {
        // given
        final var first = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        final var second = pipeline.publish(request(2, 0, "b"));
        pipeline.runStages();

        // when
        pipeline.replica.loseSight();
        pipeline.runStages();
        final var later = pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();

        // then
        assertThat(List.of(first, second))
                .allSatisfy(call -> assertThat(call.join()).isInstanceOf(OutcomeUnknown.class));
        assertThat(later.join()).isInstanceOf(NotLeading.class);
        assertThat(pipeline.stepDowns).isEqualTo(1);
        assertThat(pipeline.messages(0)).as("committed all the same").hasSize(2);
        assertThat(pipeline.faults).isEmpty();
    }

    @Test
    void shouldStepDownOnceThoughEveryBatchIsLostSightOf() {
        // given
        pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.publish(request(2, 0, "b"));
        pipeline.runStages();

        // when
        pipeline.replica.loseSight();
        pipeline.replica.lose(2);
        pipeline.epochs.leadershipLost();
        pipeline.runAll();

        // then
        assertThat(pipeline.stepDowns).isEqualTo(1);
        assertThat(pipeline.epochsTold).containsExactly("opened 1", "closed 1");
    }

    @Test
    void shouldNotSayOpenedOfAnEpochThatEndedBetweenItsApplyAndTheNews() {
        // given
        pipeline.lose(0);
        pipeline.lead();
        pipeline.runStages();
        pipeline.replica.commit();
        pipeline.answer();

        // when
        pipeline.lose(0);
        pipeline.runAll();

        // then
        assertThat(pipeline.epochsTold).containsExactly("opened 1", "closed 1");
    }

    @Test
    void shouldForgetItsSpeculationWithTheEpoch() {
        // given
        pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.lose(0);
        pipeline.leadAndOpen();
        final TestDraft fresh = TestDraft.of(0, "b");

        // when
        pipeline.publish(request(2, 0, "b", fresh));
        pipeline.runAll();

        // then
        assertThat(fresh.signatures()).as("proposed at the right nonce at once").isEqualTo(1);
        assertThat(pipeline.messages(0)).containsExactly("b@0");
    }

    @Test
    void shouldOpenNoSecondEpochInTheSameTerm() {
        // given
        pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        pipeline.replica.loseSight();
        pipeline.runAll();

        // when
        pipeline.epochs.leading(1);
        pipeline.runAll();

        // then
        assertThat(pipeline.isOpen()).isFalse();
    }

    @Test
    void shouldNotStepDownWhenLeadershipWasLostAnyway() {
        // when
        pipeline.epochs.leadershipLost();
        pipeline.runAll();

        // then
        assertThat(pipeline.stepDowns).isZero();
        assertThat(pipeline.epochsTold).containsExactly("opened 1", "closed 1");
    }

    @Test
    void shouldBeginTheNextEpochThoughNobodySaidThatTheLastOneEnded() {
        // given
        final var inFlight = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();
        final var packed = pipeline.publish(request(2, 0, "b"));
        pipeline.sequenceNext();
        pipeline.signNext();
        pipeline.replicateNext();
        pipeline.replica.lose(1);

        // when
        pipeline.leadAndOpen();
        final var next = pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();

        // then
        assertThat(inFlight.join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(packed.join()).isInstanceOf(NotLeading.class);
        assertThat(((Published) next.join()).receipt().nonce()).isEqualTo(1);
        assertThat(pipeline.epochsTold).containsExactly("opened 1", "closed 1", "opened 2");
    }

    @Test
    void shouldNotMentionAnEpochThatEndedBeforeItOpened() {
        // given
        pipeline.lose(0);
        pipeline.lead();
        pipeline.runStages();

        // when
        pipeline.lose(0);
        pipeline.leadAndOpen();

        // then
        assertThat(pipeline.epochsTold).containsExactly("opened 1", "closed 1", "opened 3");
    }

    @Test
    void shouldNotBeMovedByARejectedBatchOfAnEarlierEpochI6() {
        // given
        pipeline.lose(0);
        pipeline.leadAndOpen();

        // when
        pipeline.replica.append(
                BatchEncoder.encode(
                        new EventBatch(
                                1,
                                pipeline.replica.ledger().nextSequence(),
                                9_999,
                                List.of(new Event.LaneHalted(0, "from the past")))));
        pipeline.runAll();
        final var outcome = pipeline.publish(request(1, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(pipeline.replica.rejections()).hasSize(1);
        assertThat(outcome.join()).isInstanceOf(Published.class);
        assertThat(pipeline.stepDowns).isZero();
    }

    @Test
    void shouldEndTheEpochWhenABatchOfItsOwnIsRejectedI6() {
        // given
        final var outcome = pipeline.publish(request(1, 0, "a"));
        pipeline.replica.append(
                BatchEncoder.encode(
                        new EventBatch(
                                1, 77, 9_999, List.of(new Event.LaneHalted(0, "not next")))));

        // when
        pipeline.runAll();

        // then
        assertThat(outcome.join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(pipeline.isOpen()).isFalse();
        assertThat(pipeline.stepDowns).isEqualTo(1);
    }

    @Test
    void shouldAnswerThoseWhoWaitWhenABatchOfItsOwnHoldsNoBatchI6() {
        // given
        final var outcome = pipeline.publish(request(1, 0, "a"));
        pipeline.runStages();

        // when: of the entry nothing can be read but its term
        pipeline.epochs.malformed(1, 7, "no batch");

        // then
        pipeline.runAll();
        assertThat(outcome.join()).isInstanceOf(OutcomeUnknown.class);
        assertThat(pipeline.isOpen()).isFalse();
        assertThat(pipeline.stepDowns).isEqualTo(1);
    }

    @Test
    void shouldNotBeMovedByAnEntryOfAnotherTermThatHoldsNoBatchI6() {
        // when
        pipeline.epochs.malformed(0, 7, "no batch");

        // then
        assertThat(pipeline.isOpen()).isTrue();
        assertThat(pipeline.stepDowns).isZero();
    }

    @Test
    void shouldReportAFaultWhenABatchIsAppliedThatItDidNotSubmit() {
        // when
        pipeline.replica.append(
                BatchEncoder.encode(
                        new EventBatch(
                                1,
                                pipeline.replica.ledger().nextSequence(),
                                9_999,
                                List.of(new Event.LaneHalted(0, "from nowhere")))));
        pipeline.runAll();

        // then
        assertThat(pipeline.faults).hasSize(1);
        assertThat(pipeline.isOpen()).isFalse();
    }

    @Test
    void shouldLetAnOfferInFlightBeUnknownAndOneInTheRingBeDropped() {
        // given
        final var submitted = pipeline.offer(new Event.LaneHalted(0, "a"));
        pipeline.runStages();
        final var claimed = pipeline.offer(new Event.LaneResumed(0, "b"));

        // when
        pipeline.lose(0);
        pipeline.runStages();

        // then
        assertThat(submitted.join()).isInstanceOf(CommandOutcome.Unknown.class);
        assertThat(claimed.join()).isInstanceOf(CommandOutcome.Dropped.class);
    }
}
