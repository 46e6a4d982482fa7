package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.TraceParent;
import io.nelumbo.publisher.trace.Tracer.Role;
import io.nelumbo.publisher.trace.Tracing;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a push on the leader. {@code commit} is what the pipeline and Raft take together:
 * nonce, signature ({@code sign}, within), one Raft entry, applied. Where a call is in no trace,
 * the work is done as it is. Any thread.
 */
final class PushSpans {
    private final Tracing tracing;
    private final Preparation preparation;
    private final Function<PublishRequest, CompletableFuture<PublishOutcome>> pipeline;

    PushSpans(
            final Tracing tracing,
            final Preparation preparation,
            final Function<PublishRequest, CompletableFuture<PublishOutcome>> pipeline) {
        this.tracing = tracing;
        this.preparation = preparation;
        this.pipeline = pipeline;
    }

    /** {@link Preparation#prepare}: gas, funds, account. */
    CompletableFuture<Prepared> prepare(final PushCall call, final Push push) {
        final TraceParent trace = call.trace();
        return trace == null
                ? preparation.prepare(call.principal(), push)
                : tracing.within(
                        "prepare", trace, place -> preparation.prepare(call.principal(), push));
    }

    /** {@code Pipeline::publish}. */
    CompletableFuture<PublishOutcome> commit(
            final PublishRequest request, final @Nullable TraceParent trace) {
        if (trace == null) {
            return pipeline.apply(request);
        }
        final Span span =
                tracing.tracer()
                        .begin("commit", Role.INTERNAL, trace)
                        .with("nelumbo.request_id", request.requestId().toString())
                        .with("nelumbo.account", request.accountId());
        return pipeline.apply(traced(request, span.place()))
                .whenComplete((outcome, failure) -> end(span, outcome));
    }

    private PublishRequest traced(final PublishRequest request, final @Nullable TraceParent place) {
        return place == null
                ? request
                : new PublishRequest(
                        request.requestId(),
                        request.requestHash(),
                        request.principal(),
                        request.accountId(),
                        new TracedDraft(request.draft(), tracing, place));
    }

    private static void end(final Span span, final @Nullable PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Published published) {
            final Receipt receipt = published.receipt();
            span.with("nelumbo.nonce", receipt.nonce())
                    .with("nelumbo.sequence", receipt.sequence())
                    .with("nelumbo.epoch", receipt.epoch())
                    .end();
        } else {
            span.fail(outcome == null ? "failed" : outcome.getClass().getSimpleName());
        }
    }
}
