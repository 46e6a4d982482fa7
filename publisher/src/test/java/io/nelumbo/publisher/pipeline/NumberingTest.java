package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.pipeline.PublishOutcome.NotSigned;
import io.nelumbo.publisher.pipeline.PublishOutcome.Published;
import io.nelumbo.publisher.pipeline.PublishOutcome.TooLarge;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Final nonces: gapless, and each signature made at its own. */
final class NumberingTest {

    private final SimulatedPipeline pipeline = SimulatedPipeline.leadingWith(2);

    @Test
    void shouldNumberAnewWhatStandsBehindAFailedSignatureI1() {
        // when
        pipeline.publish(request(1, 0, "a"));
        final var failed = pipeline.publish(request(2, 0, "b", TestDraft.failing(0, "b", 1)));
        pipeline.publish(request(3, 0, "c"));
        pipeline.publish(request(4, 1, "d"));
        pipeline.publish(request(5, 0, "e"));
        pipeline.runAll();

        // then
        assertThat(failed.join()).isEqualTo(new NotSigned("no key for b"));
        assertThat(pipeline.messages(0)).containsExactly("a@0", "c@1", "e@2");
        assertThat(pipeline.messages(1)).containsExactly("d@0");
    }

    @Test
    void shouldSignOnceAgainWhenTheSequencerHasBeenCorrected() {
        // given
        pipeline.publish(request(1, 0, "a", TestDraft.failing(0, "a", 1)));
        pipeline.runAll();
        final TestDraft later = TestDraft.of(0, "b");

        // when
        pipeline.publish(request(2, 0, "b", later));
        pipeline.runAll();

        // then
        assertThat(later.signatures()).isEqualTo(1);
        assertThat(pipeline.messages(0)).containsExactly("b@0");
    }

    @Test
    void shouldRefuseAMessageThatCannotBeSignedAtItsFinalNonce() {
        // given
        final TestDraft onlyOnce = TestDraft.of(0, "b");
        final Draft atOneNonceOnly = signsOnlyAt(1, onlyOnce);
        pipeline.publish(request(1, 0, "a", TestDraft.failing(0, "a", 1)));

        // when
        final var presigned = pipeline.publish(request(2, 0, "b", atOneNonceOnly));
        pipeline.publish(request(3, 0, "c"));
        pipeline.runAll();

        // then
        assertThat(presigned.join()).isInstanceOf(NotSigned.class);
        assertThat(pipeline.messages(0)).containsExactly("c@0");
    }

    @Test
    void shouldStepOverANonceThatSomebodyElseUsed() {
        // when
        pipeline.publish(request(1, 0, "a"));
        pipeline.offer(new Event.MessageDisplaced(0, 1, new byte[32]));
        pipeline.publish(request(2, 0, "b"));
        pipeline.runAll();
        final TestDraft later = TestDraft.of(0, "c");
        pipeline.publish(request(3, 0, "c", later));
        pipeline.runAll();

        // then
        assertThat(pipeline.messages(0)).containsExactly("a@0", "b@2", "c@3");
        assertThat(later.signatures()).isEqualTo(1);
    }

    @Test
    void shouldSpendNoNonceOnAMessageThatFitsNoBatch() {
        // when
        final var large = pipeline.publish(request(1, 0, "x".repeat(4096)));
        final var small = pipeline.publish(request(2, 0, "a"));
        pipeline.runAll();

        // then
        assertThat(large.join()).isEqualTo(new TooLarge(4098, 4096));
        assertThat(small.join()).isInstanceOf(Published.class);
        assertThat(pipeline.messages(0)).containsExactly("a@0");
    }

    @Test
    void shouldRefuseOnlyTheMessageWhoseDraftThrows() {
        // when
        final var broken = pipeline.publish(request(1, 0, "a", throwing()));
        final var sound = pipeline.publish(request(2, 0, "b"));
        pipeline.runAll();

        // then
        assertThat(broken.join()).isInstanceOf(NotSigned.class);
        assertThat(sound.join()).isInstanceOf(Published.class);
        assertThat(pipeline.messages(0)).containsExactly("b@0");
        assertThat(pipeline.faults).isEmpty();
    }

    @Test
    void shouldNotUseTheLastNonceOfAll() {
        // given
        pipeline.offer(Requests.open(9, -2));
        pipeline.runAll();

        // when
        final var last = pipeline.publish(request(1, 2, "a"));
        final var beyond = pipeline.publish(request(2, 2, "b"));
        pipeline.runAll();

        // then
        assertThat(last.join()).isInstanceOf(Published.class);
        assertThat(beyond.join()).isInstanceOf(PublishOutcome.Overloaded.class);
        assertThat(pipeline.isOpen()).isTrue();
    }

    /** Whatever fails, and however the stages are interleaved: gapless, signed at the nonce. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void shouldConvergeAfterAnyFailuresI1I2(@ForAll final long seed) {
        // given
        final Random random = new Random(seed);
        final SimulatedPipeline life = SimulatedPipeline.leadingWith(2);
        final List<List<String>> expected = List.of(new ArrayList<>(), new ArrayList<>());

        // when
        for (int id = 0; id < 60; id++) {
            final int account = random.nextInt(2);
            final boolean fails = random.nextInt(3) == 0;
            final String text = "m" + id;
            final TestDraft draft = TestDraft.failing(account, text, fails ? 99 : 0);
            life.publish(request(id, account, text, draft));
            if (!fails) {
                expected.get(account).add(text + "@" + expected.get(account).size());
            }
            while (random.nextInt(3) > 0) {
                stepAny(life, random);
            }
        }
        life.runAll();

        // then
        assertThat(life.messages(0)).isEqualTo(expected.get(0));
        assertThat(life.messages(1)).isEqualTo(expected.get(1));
        final TestDraft last = TestDraft.of(0, "last");
        life.publish(request(1000, 0, "last", last));
        life.runAll();
        assertThat(last.signatures()).as("heads have converged").isEqualTo(1);
    }

    static void stepAny(final SimulatedPipeline life, final Random random) {
        switch (random.nextInt(6)) {
            case 0 -> life.sequenceNext();
            case 1 -> life.signNext();
            case 2 -> life.replicateNext();
            case 3 -> life.flush();
            case 4 -> life.answer();
            default -> life.replica.commit();
        }
    }

    private static Draft signsOnlyAt(final long nonce, final TestDraft draft) {
        return new DelegatingDraft(draft) {
            @Override
            public Signing sign(final long at) {
                return at == nonce ? draft.sign(at) : new Signing.Failed("signed at " + nonce);
            }
        };
    }

    private static Draft throwing() {
        return new DelegatingDraft(TestDraft.of(0, "a")) {
            @Override
            public Signing sign(final long at) {
                throw new IllegalStateException("a draft must not throw");
            }
        };
    }
}
