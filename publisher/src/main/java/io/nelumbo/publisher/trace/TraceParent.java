package io.nelumbo.publisher.trace;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, to hang a span under: what the header {@code traceparent} carries between
 * processes. Immutable.
 *
 * <p>Source: W3C Trace Context, version 00.
 *
 * @param text version, trace id, span id and flags, as the header has them
 */
public record TraceParent(String text) {
    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final Pattern TEXT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    /** Throws IllegalArgumentException for a text of another form. */
    public TraceParent {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a traceparent of version 00");
        }
    }

    /** What a stranger sent; null for none, and for what is none: a trace begins anew then. */
    public static @Nullable TraceParent parse(final @Nullable String text) {
        return text != null && TEXT.matcher(text).matches() ? new TraceParent(text) : null;
    }

    /** 32 hex digits. */
    public String traceId() {
        return text.substring(TRACE_AT, SPAN_AT - 1);
    }

    /** 16 hex digits. */
    public String spanId() {
        return text.substring(SPAN_AT, FLAGS_AT - 1);
    }

    /** 2 hex digits; the lowest bit says that the trace is recorded. */
    public String flags() {
        return text.substring(FLAGS_AT);
    }
}
