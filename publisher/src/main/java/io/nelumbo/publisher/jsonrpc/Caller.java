package io.nelumbo.publisher.jsonrpc;

import java.util.Set;

/**
 * Who calls, as far as the {@link Authenticator} found out.
 *
 * @param permissions what the caller may do; the names are the authenticator's
 * @param principal bytes that name the caller in the audit; not changed by anyone
 */
public record Caller(Set<String> permissions, byte[] principal) {

    public Caller {
        permissions = Set.copyOf(permissions);
    }
}
