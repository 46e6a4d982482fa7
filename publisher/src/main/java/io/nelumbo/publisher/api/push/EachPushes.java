package io.nelumbo.publisher.api.push;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Publishes the parts of {@link PushLine}s, each push for itself: at the desk here on the node that
 * leads, else through the leader. Any thread.
 */
final class EachPushes {
    private final GatewayPorts ports;
    private final GatewayOptions options;
    private final EachDesk desk;
    private final LeaderCalls leader;

    EachPushes(
            final GatewayPorts ports,
            final GatewayOptions options,
            final EachDesk desk,
            final LeaderCalls leader) {
        this.ports = ports;
        this.options = options;
        this.desk = desk;
        this.leader = leader;
    }

    /** Completes when the next part of the same line may follow. */
    CompletableFuture<Void> publish(final byte[] principal, final List<PushLine.Entry> part) {
        final List<PushLine.Entry> sound = new ArrayList<>(part.size());
        for (final PushLine.Entry entry : part) {
            try {
                entry.push().check();
                sound.add(entry);
            } catch (final PushRefused refused) {
                entry.refuse(RefusalKind.REFUSED, refused.text(), 0);
            }
        }
        return sound.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : new EachAttempts(
                                pushes -> ask(PushCall.ofEach(principal, pushes)),
                                options,
                                ports.executor())
                        .run(sound);
    }

    /**
     * What a follower's call is answered with: when each push of it is, or when half of the
     * follower's patience is over, so that what is committed by then does not wait in vain for what
     * is not.
     */
    CompletableFuture<List<PushAnswer>> answers(final PushCall call) {
        final List<CompletableFuture<PushAnswer>> answers = desk.push(call).answers();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .completeOnTimeout(
                        null, options.waitForLeader().toNanos() / 2, TimeUnit.NANOSECONDS)
                .thenApply(all -> answers.stream().map(this::given).toList());
    }

    private PushAnswer given(final CompletableFuture<PushAnswer> answer) {
        return answer.getNow(
                new PushAnswer.Unknown(
                        AttemptWords.noAnswer(options.waitForLeader().dividedBy(2))));
    }

    private TakenIn ask(final PushCall call) {
        return ports.cluster().isLeading()
                ? desk.push(call)
                : TakenIn.elsewhere(
                        call.pushes().size(),
                        CompletableFuture.completedFuture(call)
                                .thenCompose(leader::ask)
                                .thenCompose(this::readable));
    }

    /** Waits until this node's ledger has what it is about to answer: clients read their writes. */
    private CompletableFuture<List<PushAnswer>> readable(final List<PushAnswer> answers) {
        final OptionalLong last =
                answers.stream()
                        .filter(PushAnswer.Accepted.class::isInstance)
                        .mapToLong(answer -> ((PushAnswer.Accepted) answer).receipt().sequence())
                        .max();
        return last.isEmpty()
                ? CompletableFuture.completedFuture(answers)
                : ports.applied()
                        .await(last.getAsLong(), options.waitForLeader())
                        .thenApply(applied -> answers);
    }
}
