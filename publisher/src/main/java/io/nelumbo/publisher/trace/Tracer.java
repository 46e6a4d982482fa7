package io.nelumbo.publisher.trace;

import org.jspecify.annotations.Nullable;

/** Begins spans. Any thread; never blocks and never fails. */
@FunctionalInterface
public interface Tracer {
    /** Makes no spans. */
    Tracer OFF = (name, role, parent) -> Span.NONE;

    /** Whose side of a call a span shows. */
    enum Role {
        SERVER,
        INTERNAL,
        CLIENT
    }

    /**
     * Begins a span.
     *
     * @param parent null begins a trace
     */
    Span begin(String name, Role role, @Nullable TraceParent parent);
}
