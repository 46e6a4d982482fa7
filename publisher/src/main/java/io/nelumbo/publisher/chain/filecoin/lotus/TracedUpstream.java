package io.nelumbo.publisher.chain.filecoin.lotus;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.trace.MessageTraces;
import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.TraceParent;
import io.nelumbo.publisher.trace.Tracer.Role;
import io.nelumbo.publisher.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An upstream to which each push of a message that belongs to a trace is a span, until one of them
 * took it. Only made while tracing is on. Any thread.
 */
public record TracedUpstream(Upstream upstream, Tracing tracing) implements Upstream {

    private record Pushed(int index, byte[] hash, Span span) {}

    @Override
    public String name() {
        return upstream.name();
    }

    @Override
    public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
        final List<Pushed> pushes = begin(signedMessages);
        return upstream.push(signedMessages)
                .whenComplete((outcomes, failure) -> pushes.forEach(push -> end(push, outcomes)));
    }

    private List<Pushed> begin(final List<byte[]> signedMessages) {
        final MessageTraces messages = tracing.messages();
        final List<Pushed> pushes = new ArrayList<>();
        for (int i = 0; i < signedMessages.size() && !messages.isEmpty(); i++) {
            final byte[] hash = hash(signedMessages.get(i));
            final TraceParent place = hash == null ? null : messages.of(hash);
            if (hash != null && place != null) {
                final Span span =
                        tracing.tracer()
                                .begin("push", Role.CLIENT, place)
                                .with("nelumbo.upstream", upstream.name());
                pushes.add(new Pushed(i, hash, span));
            }
        }
        return pushes;
    }

    private void end(final Pushed push, final @Nullable List<PushOutcome> outcomes) {
        if (outcomes == null || push.index >= outcomes.size()) {
            push.span.fail("not reached");
            return;
        }
        final PushOutcome outcome = outcomes.get(push.index);
        push.span.with("nelumbo.outcome", outcome.getClass().getSimpleName());
        if (outcome instanceof PushOutcome.Accepted
                || outcome instanceof PushOutcome.AlreadyKnown) {
            tracing.messages().forget(push.hash);
            push.span.end();
        } else {
            push.span.fail("not taken");
        }
    }

    private static byte @Nullable [] hash(final byte[] signedMessage) {
        try {
            return SignedFilecoinMessage.decode(signedMessage)
                    .cidOfDecoded(signedMessage)
                    .messageDigest();
        } catch (final MalformedValue undecodable) {
            // The upstream says so in its own words.
            return null;
        }
    }

    @Override
    public CompletableFuture<Long> nextNonce(final Address account) {
        return upstream.nextNonce(account);
    }

    @Override
    public CompletableFuture<List<Long>> pendingNonces(final Address account) {
        return upstream.pendingNonces(account);
    }

    @Override
    public CompletableFuture<NonceAtHeight> executedNonce(final Address account, final int depth) {
        return upstream.executedNonce(account, depth);
    }

    @Override
    public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
        return upstream.find(hash);
    }

    @Override
    public CompletableFuture<Long> headHeight() {
        return upstream.headHeight();
    }
}
