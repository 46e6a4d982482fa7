package io.nelumbo.publisher.publish.upstream;

import static io.nelumbo.publisher.publish.OneNode.OPTIONS;
import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.publish.ScriptedUpstream;
import io.nelumbo.publisher.publish.TestMessage;
import io.nelumbo.publisher.publish.VirtualTime;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One upstream's bounds, its turns, and being left alone. */
final class UpstreamLineTest {

    private final VirtualTime time = new VirtualTime();
    private final PublishLoop loop = new PublishLoop(time, () -> {});
    private final ScriptedUpstream upstream = new ScriptedUpstream("first", time);
    private final UpstreamLine line = new UpstreamLine(upstream, loop, OPTIONS);
    private final List<String> order = new ArrayList<>();

    @Test
    void shouldLetLanesTakeTurnsAndNeverExceedItsPushes_I10() {
        // given: three lanes that push three times each, at an upstream that takes two at a time
        for (final String lane : List.of("a", "b", "c")) {
            pushAgainAndAgain(lane, 3);
        }
        // when
        run(SECOND_NS);
        // then
        assertThat(order).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
        assertThat(upstream.mostInFlight()).isEqualTo(2);
    }

    @Test
    void shouldBeLeftAloneAfterSeveralFailuresAndComeBack() {
        // given
        upstream.beSilent(true);
        final List<Answer<Long>> answers = new ArrayList<>();
        // when
        for (int i = 0; i < 3; i++) {
            line.ask(Upstream::headHeight, answers::add);
            run(SECOND_NS / 100);
        }
        // then: left alone, and told so
        assertThat(line.isCooling()).isTrue();
        upstream.beSilent(false);
        line.ask(Upstream::headHeight, answers::add);
        run(SECOND_NS / 100);
        assertThat(answers).hasSize(4).allMatch(Answer.NotTold.class::isInstance);
        assertThat(line.status().lastFailure()).isEqualTo("connection refused");
        // when
        run(SECOND_NS);
        line.ask(Upstream::headHeight, answers::add);
        run(SECOND_NS / 100);
        // then
        assertThat(answers).last().isEqualTo(new Answer.Told<>(100L));
        assertThat(line.status().failuresInARow()).isZero();
    }

    @Test
    void shouldTakeSilenceAsAmbiguous() {
        // given: an upstream that never answers
        final Upstream mute =
                (Upstream)
                        Proxy.newProxyInstance(
                                Upstream.class.getClassLoader(),
                                new Class<?>[] {Upstream.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("name")
                                                ? "mute"
                                                : new java.util.concurrent.CompletableFuture<>());
        final UpstreamLine silent = new UpstreamLine(mute, loop, OPTIONS);
        final List<PushOutcome> outcomes = new ArrayList<>();
        // when
        silent.push(List.of(new byte[12]), outcomes::addAll);
        run(6 * SECOND_NS);
        // then
        assertThat(outcomes).containsExactly(new PushOutcome.Ambiguous("no answer within 5000 ms"));
    }

    @Test
    void shouldTakeTooManyOutcomesOrNoneAsAmbiguous() {
        for (final List<PushOutcome> answered :
                List.<List<PushOutcome>>of(
                        List.of(),
                        List.of(new PushOutcome.Accepted(), new PushOutcome.Accepted()))) {
            final Upstream odd =
                    (Upstream)
                            Proxy.newProxyInstance(
                                    Upstream.class.getClassLoader(),
                                    new Class<?>[] {Upstream.class},
                                    (proxy, method, arguments) ->
                                            method.getName().equals("name")
                                                    ? "odd"
                                                    : java.util.concurrent.CompletableFuture
                                                            .completedFuture(answered));
            final List<PushOutcome> outcomes = new ArrayList<>();
            new UpstreamLine(odd, loop, OPTIONS).push(List.of(new byte[12]), outcomes::addAll);
            run(SECOND_NS / 100);
            assertThat(outcomes).hasSize(1);
            assertThat(outcomes.get(0)).isInstanceOf(PushOutcome.Ambiguous.class);
        }
    }

    @Test
    void shouldAskNoMoreQuestionsAtATimeThanAllowed_I10() {
        // given
        final List<Answer<Long>> answers = new ArrayList<>();
        // when
        for (int i = 0; i < 100; i++) {
            line.ask(Upstream::headHeight, answers::add);
        }
        loop.turn();
        // then
        assertThat(line.status().questionsInFlight()).isEqualTo(4);
        run(SECOND_NS);
        assertThat(answers).hasSize(100).allMatch(Answer.Told.class::isInstance);
    }

    private void pushAgainAndAgain(final String lane, final int times) {
        line.awaitTurn(
                () -> {
                    order.add(lane);
                    line.push(
                            List.of(new TestMessage(0, 0, lane).bytes()),
                            outcomes -> {
                                if (times > 1) {
                                    pushAgainAndAgain(lane, times - 1);
                                }
                            });
                });
    }

    private void run(final long forNs) {
        final long limitNs = time.monotonicNs() + forNs;
        loop.turn();
        while (time.monotonicNs() < limitNs) {
            time.advance(Math.min(limitNs, loop.nextTimerNs()));
            loop.turn();
        }
    }
}
