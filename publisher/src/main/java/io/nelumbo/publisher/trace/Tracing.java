package io.nelumbo.publisher.trace;

import io.nelumbo.publisher.trace.Tracer.Role;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a node traces. Off, nothing is wrapped and nothing is asked but whether a place in a trace is
 * null, so that it costs nothing. Any thread.
 *
 * @param messages the traces of messages on their way to the chain
 */
public record Tracing(Tracer tracer, MessageTraces messages) {
    /** {@code [Cluster] Tracing = false}. */
    public static final Tracing OFF = new Tracing(Tracer.OFF, new MessageTraces());

    public static Tracing by(final Tracer tracer) {
        return new Tracing(tracer, new MessageTraces());
    }

    public boolean isOn() {
        return tracer != Tracer.OFF;
    }

    /**
     * Does work within a span, which ends with the work's future.
     *
     * @param work gets where its own spans hang
     */
    public <T> CompletableFuture<T> within(
            final String name,
            final TraceParent parent,
            final Function<@Nullable TraceParent, CompletableFuture<T>> work) {
        final Span span = tracer.begin(name, Role.INTERNAL, parent);
        return work.apply(span.place())
                .whenComplete(
                        (result, failure) -> {
                            if (failure == null) {
                                span.end();
                            } else {
                                span.fail("failed");
                            }
                        });
    }
}
