package io.nelumbo.publisher.jsonrpc;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells callers by their token. Called on the event loop: must not block. */
@FunctionalInterface
public interface Authenticator {

    /** Lets everybody in, without a permission. */
    Authenticator NOBODY_IN_PARTICULAR = token -> new Caller(Set.of(), new byte[Long.BYTES]);

    /**
     * The caller behind a token, or behind none.
     *
     * @param token from the header {@code Authorization: Bearer} or the query's {@code token}
     * @return null to refuse the request with HTTP 401
     */
    @Nullable Caller caller(@Nullable String token);
}
