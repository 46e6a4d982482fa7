package io.nelumbo.publisher.trace;

import org.jspecify.annotations.Nullable;

/**
 * Something that takes time, in a trace. Attributes say what it was about, and never hold a
 * message's content, a token or a key. Any thread; ended once, by {@link #end} or {@link #fail}.
 */
public interface Span {
    /** Of a trace that is not made. */
    Span NONE =
            new Span() {
                @Override
                public @Nullable TraceParent place() {
                    return null;
                }

                @Override
                public Span with(final String name, final String value) {
                    return this;
                }

                @Override
                public Span with(final String name, final long value) {
                    return this;
                }

                @Override
                public void end() {}

                @Override
                public void fail(final String why) {}
            };

    /** Where spans within this one hang; null if there is no trace. */
    @Nullable TraceParent place();

    Span with(String name, String value);

    Span with(String name, long value);

    void end();

    /** Ends it; {@code why} is a kind of failure, in words of ours. */
    void fail(String why);
}
