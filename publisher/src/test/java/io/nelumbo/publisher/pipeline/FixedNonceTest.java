package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.PublishOutcome.NotSigned;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import io.nelumbo.publisher.pipeline.PublishOutcome.WrongNonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Messages that are signed already: at their nonce, or not at all. */
final class FixedNonceTest {

    private final SimulatedPipeline pipeline = SimulatedPipeline.leadingWith(2);

    @Test
    void shouldPublishASignedMessageWhenItsNonceIsTheNext() {
        // when
        pipeline.publish(request(1, 0, "a"));
        final var signed = pipeline.publish(signed(2, "b", 1));
        pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();

        // then
        assertThat(signed.join()).isInstanceOf(Published.class);
        assertThat(pipeline.messages(0)).containsExactly("a@0", "b@1", "c@2");
    }

    @Test
    void shouldRefuseASignedMessageWhoseNonceIsUsedOrAheadI1I2() {
        // given
        pipeline.publish(request(1, 0, "a"));

        // when
        final var below = pipeline.publish(signed(2, "b", 0));
        final var above = pipeline.publish(signed(3, "c", 2));
        pipeline.runAll();

        // then
        assertThat(below.join()).isEqualTo(new WrongNonce(1));
        assertThat(above.join()).isEqualTo(new WrongNonce(1));
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldNotHoldUpOthersWithARefusedSignedMessage() {
        // given
        final TestDraft behind = TestDraft.of(0, "b");

        // when
        pipeline.publish(signed(1, "a", 7));
        pipeline.publish(request(2, 0, "b", behind));
        pipeline.runAll();

        // then: it was not even signed a second time
        assertThat(pipeline.messages(0)).containsExactly("b@0");
        assertThat(behind.signatures()).isEqualTo(1);
    }

    @Test
    void shouldRefuseRatherThanRenumberASignedMessageBehindAFailedSignatureI2() {
        // when: the failed one was numbered 0, so this one seemed to be next
        pipeline.publish(request(1, 0, "a", TestDraft.failing(0, "a", 1)));
        final var signed = pipeline.publish(signed(2, "b", 1));
        final var behind = pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();

        // then
        assertThat(signed.join()).isEqualTo(new WrongNonce(0));
        assertThat(behind.join()).isInstanceOf(Published.class);
        assertThat(pipeline.messages(0)).containsExactly("c@0");
    }

    @Test
    void shouldPublishASignedMessageThatIsNextOnlyBecauseOneBeforeItFailed() {
        // when: the sequencer has not heard of the failure yet
        final var failed = pipeline.publish(request(1, 0, "a", TestDraft.failing(0, "a", 1)));
        final var signed = pipeline.publish(signed(2, "b", 0));
        pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();
        final TestDraft later = TestDraft.of(0, "d");
        pipeline.publish(request(4, 0, "d", later));
        pipeline.runAll();

        // then
        assertThat(failed.join()).isInstanceOf(NotSigned.class);
        assertThat(signed.join()).isInstanceOf(Published.class);
        assertThat(pipeline.messages(0)).containsExactly("b@0", "c@1", "d@2");
        assertThat(later.signatures()).as("heads have converged").isEqualTo(1);
    }

    @Test
    void shouldAnswerARepeatedSignedMessageWithItsReceiptI4() {
        // given
        final var first = pipeline.publish(signed(1, "a", 0));
        final var joined = pipeline.publish(signed(1, "a", 0));
        pipeline.runAll();
        pipeline.lose(0);
        pipeline.leadAndOpen();

        // when
        final var again = pipeline.publish(signed(1, "a", 0));
        pipeline.runAll();

        // then
        assertThat(joined.join()).isSameAs(first.join());
        assertThat(again.join())
                .usingRecursiveComparison()
                .ignoringFields("receipt.epoch")
                .isEqualTo(first.join());
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldFollowADisplacedNonceWithTheNextSignedMessage() {
        // given
        pipeline.offer(new Event.MessageDisplaced(0, 0, new byte[32]));

        // when
        final var displaced = pipeline.publish(signed(1, "a", 0));
        final var next = pipeline.publish(signed(2, "b", 1));
        pipeline.runAll();

        // then
        assertThat(displaced.join()).isEqualTo(new WrongNonce(1));
        assertThat(next.join()).isInstanceOf(Published.class);
    }

    /** Signed ones at, below and above the head, among failing ones, at any interleaving. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void shouldConvergeAfterAnySignedMessagesI1I2(@ForAll final long seed) {
        // given
        final Random random = new Random(seed);
        final SimulatedPipeline life = SimulatedPipeline.leadingWith(1);
        final List<String> expected = new ArrayList<>();

        // when
        for (int id = 0; id < 60; id++) {
            final String text = "m" + id;
            final int kind = random.nextInt(3);
            final long nonce = expected.size() + random.nextInt(3) - 1;
            final boolean published = kind == 0 || (kind == 1 && nonce == expected.size());
            life.publish(
                    switch (kind) {
                        case 0 -> request(id, 0, text);
                        case 1 -> signed(id, text, nonce);
                        default -> request(id, 0, text, TestDraft.failing(0, text, 99));
                    });
            if (published) {
                expected.add(text + "@" + expected.size());
            }
            while (random.nextInt(3) > 0) {
                NumberingTest.stepAny(life, random);
            }
        }
        life.runAll();

        // then
        assertThat(life.messages(0)).isEqualTo(expected);
        final TestDraft last = TestDraft.of(0, "last");
        life.publish(request(1000, 0, "last", last));
        life.runAll();
        assertThat(last.signatures()).as("heads have converged").isEqualTo(1);
    }

    private static PublishRequest signed(final long id, final String text, final long nonce) {
        return request(id, 0, text, TestDraft.signed(0, text, nonce));
    }
}
