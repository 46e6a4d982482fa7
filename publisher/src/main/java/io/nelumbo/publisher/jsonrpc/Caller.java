package io.nelumbo.publisher.jsonrpc;

import io.nelumbo.publisher.trace.TraceParent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as the {@link Authenticator} found out.
 *
 * @param permissions what the caller may do; the names are the authenticator's
 * @param principal bytes that name the caller in the audit; not changed by anyone
 * @param trace where the call's spans hang; null while nothing is traced
 */
public record Caller(Set<String> permissions, byte[] principal, @Nullable TraceParent trace) {

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** In no trace. */
    public Caller(final Set<String> permissions, final byte[] principal) {
        this(permissions, principal, null);
    }

    /** The same caller at a place in a trace. */
    public Caller at(final @Nullable TraceParent place) {
        return new Caller(permissions, principal, place);
    }
}
