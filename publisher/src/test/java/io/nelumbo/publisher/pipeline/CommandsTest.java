package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome.Committed;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome.Dropped;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Offered events travel with the messages, and an unfit one harms nobody but itself. */
final class CommandsTest {

    private static final byte[] HASH = new byte[32];

    private final SimulatedPipeline pipeline = SimulatedPipeline.leadingWith(1);

    /** Whatever a test offers: the ledger must not have been asked to reject anything. */
    @AfterEach
    void shouldNeverHaveABatchRejectedI6() {
        assertThat(pipeline.replica.rejections()).isEmpty();
        assertThat(pipeline.isOpen()).isTrue();
    }

    @Test
    void shouldNumberAccountsInTheOrderInWhichTheirTurnComes() {
        // when
        final var first = pipeline.offer(Requests.open(5, 3));
        final var second = pipeline.offer(Requests.open(6, 4));
        pipeline.runAll();

        // then
        assertThat(committed(first)).isTrue();
        assertThat(committed(second)).isTrue();
        assertThat(pipeline.replica.ledger().account(1).firstNonce()).isEqualTo(3);
        assertThat(pipeline.replica.ledger().account(2).firstNonce()).isEqualTo(4);
    }

    @Test
    void shouldDropTheOpeningOfAnAccountThatIsOpenOrBeingOpened() {
        // when
        final var open = pipeline.offer(Requests.open(0, 0));
        final var opening = pipeline.offer(Requests.open(5, 0));
        final var again = pipeline.offer(Requests.open(5, 0));
        pipeline.runAll();

        // then
        assertThat(open.join()).isEqualTo(new Dropped("the account is open"));
        assertThat(committed(opening)).isTrue();
        assertThat(again.join()).isEqualTo(new Dropped("the account is being opened"));
    }

    @Test
    void shouldDropConfirmationsThatDoNotMoveForwardOrGoTooFar() {
        // given
        publish(3);

        // when
        final var tooFar = pipeline.offer(new Event.NonceConfirmed(0, 4, 1));
        final var forward = pipeline.offer(new Event.NonceConfirmed(0, 2, 1));
        final var same = pipeline.offer(new Event.NonceConfirmed(0, 2, 2));
        final var all = pipeline.offer(new Event.NonceConfirmed(0, 3, 3));
        pipeline.runAll();

        // then
        assertThat(tooFar.join()).isInstanceOf(Dropped.class);
        assertThat(committed(forward)).isTrue();
        assertThat(same.join()).isInstanceOf(Dropped.class);
        assertThat(committed(all)).isTrue();
    }

    @Test
    void shouldCountOnlyFinalNoncesWhenItJudgesAConfirmation() {
        // given
        pipeline.publish(request(1, 0, "a", TestDraft.failing(0, "a", 1)));

        // when
        final var ofNothing = pipeline.offer(new Event.NonceConfirmed(0, 1, 1));
        pipeline.runAll();

        // then
        assertThat(ofNothing.join()).isInstanceOf(Dropped.class);
    }

    @Test
    void shouldReplaceOnlyWhatIsPending() {
        // given
        publish(2);
        pipeline.offer(new Event.NonceConfirmed(0, 1, 1));
        pipeline.runAll();

        // when
        final var confirmed = pipeline.offer(replaced(0));
        final var pending = pipeline.offer(replaced(1));
        final var unknown = pipeline.offer(replaced(2));
        pipeline.runAll();

        // then
        assertThat(confirmed.join()).isInstanceOf(Dropped.class);
        assertThat(committed(pending)).isTrue();
        assertThat(unknown.join()).isInstanceOf(Dropped.class);
    }

    @Test
    void shouldWaitForAChangeOfTheOutboxBeforeItJudgesTheNext() {
        // given
        publish(1);

        // when
        final var filled =
                pipeline.offer(new Event.NonceFilled(0, 0, new byte[] {1}, HASH, "too big"));
        final var tooEarly = pipeline.offer(replaced(0));
        pipeline.runAll();
        final var filledAlready = pipeline.offer(replaced(0));
        pipeline.runAll();

        // then
        assertThat(committed(filled)).isTrue();
        assertThat(tooEarly.join())
                .isEqualTo(new Dropped("another change of the account's outbox is in flight"));
        assertThat(filledAlready.join()).isEqualTo(new Dropped("the nonce was filled"));
    }

    @Test
    void shouldDisplaceOurMessageOnceAndANonceThatWasNeverOurs() {
        // given
        publish(1);

        // when
        final var ours = pipeline.offer(new Event.MessageDisplaced(0, 0, HASH));
        pipeline.runAll();
        final var again = pipeline.offer(new Event.MessageDisplaced(0, 0, HASH));
        final var foreign = pipeline.offer(new Event.MessageDisplaced(0, 1, HASH));
        final var beyond = pipeline.offer(new Event.MessageDisplaced(0, 3, HASH));
        pipeline.runAll();

        // then
        assertThat(committed(ours)).isTrue();
        assertThat(again.join()).isInstanceOf(Dropped.class);
        assertThat(committed(foreign)).isTrue();
        assertThat(beyond.join()).isInstanceOf(Dropped.class);
        assertThat(pipeline.replica.ledger().nextNonce(0)).isEqualTo(2);
    }

    @Test
    void shouldReorganiseOnlyWhatIsConfirmedAndKept() {
        // given
        publish(3);
        pipeline.offer(new Event.NonceConfirmed(0, 2, 1));
        pipeline.runAll();

        // when
        final var notConfirmed = pipeline.offer(new Event.NonceReorged(0, 2));
        final var kept = pipeline.offer(new Event.NonceReorged(0, 1));
        pipeline.runAll();

        // then
        assertThat(notConfirmed.join()).isInstanceOf(Dropped.class);
        assertThat(committed(kept)).isTrue();
    }

    @Test
    void shouldHaltAndResumeALaneOnlyInTurns() {
        // when
        final var resumed = pipeline.offer(new Event.LaneResumed(0, "it runs"));
        final var halted = pipeline.offer(new Event.LaneHalted(0, "stop"));
        final var haltedAgain = pipeline.offer(new Event.LaneHalted(0, "stop"));
        final var resumedThen = pipeline.offer(new Event.LaneResumed(0, "go"));
        pipeline.runAll();

        // then
        assertThat(resumed.join()).isInstanceOf(Dropped.class);
        assertThat(committed(halted)).isTrue();
        assertThat(haltedAgain.join()).isInstanceOf(Dropped.class);
        assertThat(committed(resumedThen)).isTrue();
    }

    @Test
    void shouldExpireRequestIdsForwardAndOnlyOfWhatIsApplied() {
        // given
        publish(1);
        final long next = pipeline.replica.ledger().nextSequence();

        // when
        final var beyond = pipeline.offer(new Event.RequestIdsExpired(next + 1));
        final var forward = pipeline.offer(new Event.RequestIdsExpired(next));
        final var back = pipeline.offer(new Event.RequestIdsExpired(next - 1));
        pipeline.runAll();

        // then
        assertThat(beyond.join()).isInstanceOf(Dropped.class);
        assertThat(committed(forward)).isTrue();
        assertThat(back.join()).isInstanceOf(Dropped.class);
    }

    @Test
    void shouldDropWhatNobodyMayOffer() {
        // when
        final var epoch = pipeline.offer(new Event.EpochOpened(9, "me"));
        final var version = pipeline.offer(new Event.ClusterVersionRaised(99));
        final var unknownAccount = pipeline.offer(new Event.LaneHalted(17, "who"));
        final var longReason = pipeline.offer(new Event.LaneHalted(0, "x".repeat(1025)));
        final var shortHash = pipeline.offer(new Event.MessageDisplaced(0, 0, new byte[3]));
        pipeline.runAll();

        // then
        assertThat(epoch.join()).isInstanceOf(Dropped.class);
        assertThat(version.join()).isInstanceOf(Dropped.class);
        assertThat(unknownAccount.join()).isInstanceOf(Dropped.class);
        assertThat(longReason.join()).isInstanceOf(Dropped.class);
        assertThat(shortHash.join()).isInstanceOf(Dropped.class);
    }

    private void publish(final int count) {
        for (int id = 0; id < count; id++) {
            pipeline.publish(request(id, 0, "m" + id));
        }
        pipeline.runAll();
    }

    private static Event replaced(final long nonce) {
        return new Event.MessageReplaced(0, nonce, new byte[] {1}, HASH, "fee raised");
    }

    private static boolean committed(final CompletableFuture<CommandOutcome> outcome) {
        return outcome.join() instanceof Committed;
    }
}
