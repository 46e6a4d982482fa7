package io.nelumbo.publisher.publish.upstream;

import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.Backoff;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.PublishOptions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owned by the thread {@code publisher}: one upstream, how much it may be asked at once, and
 * whether it answers. After several failures in a row it is left alone for a while, longer each
 * time; the first answer after that restores it.
 *
 * <p>Lanes that want to push wait in a queue, each lane at most once, and take turns, so no account
 * can starve another. Questions wait in a queue of their own.
 */
public final class UpstreamLine {

    /** Questions that may wait; one more is not asked at all. */
    private static final int MAX_WAITING_QUESTIONS = 16_384;

    private final Upstream upstream;
    private final PublishLoop loop;
    private final PublishOptions.Asking limits;
    private final Backoff coolDown;
    private final ArrayDeque<Runnable> waitingLanes = new ArrayDeque<>();
    private final ArrayDeque<Runnable> waitingQuestions = new ArrayDeque<>();
    private int pushesInFlight;
    private int questionsInFlight;
    private int failuresInARow;
    private long coolUntilNs;
    private String lastFailure = "";

    UpstreamLine(final Upstream upstream, final PublishLoop loop, final PublishOptions options) {
        this.upstream = upstream;
        this.loop = loop;
        this.limits = options.asking();
        this.coolDown = Backoff.of(limits.coolDownMin(), limits.coolDownMax(), options.seed());
    }

    public String name() {
        return upstream.name();
    }

    public boolean isCooling() {
        return loop.nowNs() < coolUntilNs;
    }

    /** When it may be asked again. */
    long coolUntilNs() {
        return coolUntilNs;
    }

    /**
     * Calls a lane when it is its turn to push: at once, or after others. The lane then pushes once
     * or lets the turn pass.
     */
    public void awaitTurn(final Runnable lane) {
        waitingLanes.add(lane);
        grantTurns();
    }

    /**
     * Pushes; to be called in a lane's turn. Failures come as {@link PushOutcome.Ambiguous}, and
     * there is always at least one outcome and never more than messages.
     */
    public void push(final List<byte[]> signedMessages, final Consumer<List<PushOutcome>> then) {
        pushesInFlight++;
        loop.await(
                started(u -> u.push(signedMessages)),
                limits.requestTimeout().toNanos(),
                answer -> {
                    pushesInFlight--;
                    final List<PushOutcome> outcomes = outcomes(answer, signedMessages.size());
                    noteHealth(outcomes);
                    grantTurns();
                    then.accept(outcomes);
                });
    }

    /** Asks a question as soon as there is room; while cooling down it tells nothing. */
    public <T> void ask(
            final Function<Upstream, CompletableFuture<T>> question,
            final Consumer<Answer<T>> then) {
        if (waitingQuestions.size() >= MAX_WAITING_QUESTIONS) {
            loop.after(
                    0,
                    () ->
                            then.accept(
                                    new Answer.NotTold<>(
                                            name() + ": too many questions are waiting")));
            return;
        }
        waitingQuestions.add(() -> askNow(question, then));
        loop.after(0, this::startQuestions);
    }

    UpstreamStatus status() {
        return new UpstreamStatus(
                name(),
                isCooling(),
                failuresInARow,
                lastFailure,
                pushesInFlight,
                questionsInFlight);
    }

    private void startQuestions() {
        while (questionsInFlight < limits.questionsPerUpstream() && !waitingQuestions.isEmpty()) {
            waitingQuestions.remove().run();
        }
    }

    private <T> void askNow(
            final Function<Upstream, CompletableFuture<T>> question,
            final Consumer<Answer<T>> then) {
        if (isCooling()) {
            then.accept(new Answer.NotTold<>(name() + " is left alone after: " + lastFailure));
            return;
        }
        questionsInFlight++;
        loop.await(
                started(question),
                limits.requestTimeout().toNanos(),
                answer -> {
                    questionsInFlight--;
                    if (answer instanceof Answer.NotTold<T> failed) {
                        failed(failed.reason());
                    } else {
                        succeeded();
                    }
                    startQuestions();
                    then.accept(answer);
                });
    }

    /** What an upstream throws instead of answering is an answer not given. */
    private <T> CompletableFuture<T> started(
            final Function<Upstream, CompletableFuture<T>> request) {
        try {
            return request.apply(upstream);
        } catch (final RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<PushOutcome> outcomes(
            final Answer<List<PushOutcome>> answer, final int pushed) {
        if (answer instanceof Answer.Told<List<PushOutcome>> told) {
            if (!told.value().isEmpty() && told.value().size() <= pushed) {
                return told.value();
            }
            return List.of(
                    new PushOutcome.Ambiguous(
                            "expected 1 to "
                                    + pushed
                                    + " outcomes but was "
                                    + told.value().size()));
        }
        return List.of(
                new PushOutcome.Ambiguous(((Answer.NotTold<List<PushOutcome>>) answer).reason()));
    }

    private void noteHealth(final List<PushOutcome> outcomes) {
        final PushOutcome last = outcomes.get(outcomes.size() - 1);
        if (last instanceof PushOutcome.Ambiguous ambiguous) {
            failed(ambiguous.text());
        } else {
            succeeded();
        }
    }

    private void failed(final String reason) {
        failuresInARow++;
        lastFailure = reason;
        final int beyond = failuresInARow - limits.failuresBeforeCoolDown();
        if (beyond >= 0) {
            coolUntilNs = loop.nowNs() + coolDown.delayNs(name().hashCode(), beyond);
        }
    }

    private void succeeded() {
        failuresInARow = 0;
        coolUntilNs = 0;
    }

    private void grantTurns() {
        while (pushesInFlight < limits.pushesPerUpstream() && !waitingLanes.isEmpty()) {
            waitingLanes.remove().run();
        }
    }
}
