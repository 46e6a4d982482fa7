package io.nelumbo.publisher.trace.otel;

import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.TraceParent;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry. Any thread. */
record OtelSpan(io.opentelemetry.api.trace.Span span) implements Span {

    /**
     * Also of a trace that is not recorded: its parts follow that choice. Null where the variables
     * switch all of it off.
     */
    @Override
    public @Nullable TraceParent place() {
        final SpanContext context = span.getSpanContext();
        return !context.isValid()
                ? null
                : new TraceParent(
                        "00-"
                                + context.getTraceId()
                                + '-'
                                + context.getSpanId()
                                + '-'
                                + context.getTraceFlags().asHex());
    }

    @Override
    public Span with(final String name, final String value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public Span with(final String name, final long value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public void fail(final String why) {
        span.setStatus(StatusCode.ERROR, why);
        span.end();
    }
}
