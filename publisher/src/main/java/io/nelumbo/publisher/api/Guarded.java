package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.Failures;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.Params;
import java.util.concurrent.CompletableFuture;

/**
 * A method behind its permission; turns what our own floors and the upstreams say no with into
 * JSON-RPC errors.
 *
 * @param name without the prefix {@code Filecoin.}
 */
record Guarded(String name, Permission permission, JsonRpcMethod method) implements JsonRpcMethod {

    @Override
    public boolean waits() {
        return method.waits();
    }

    @Override
    public boolean hasLargeAnswer() {
        return method.hasLargeAnswer();
    }

    @Override
    public CompletableFuture<JsonNode> call(final Params params, final Caller caller) {
        if (!caller.permissions().contains(permission.text())) {
            throw permission.missingFor(name);
        }
        // Through a future, so that what is thrown and what fails later end the same way.
        return CompletableFuture.completedFuture(params)
                .thenCompose(given -> method.call(given, caller))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(error(Failures.cause(failure))));
    }

    private static Throwable error(final Throwable failure) {
        if (failure instanceof MalformedValue malformed) {
            return JsonRpcError.invalidParams(String.valueOf(malformed.getMessage()));
        }
        if (failure instanceof JsonRpcFailure.ErrorAnswer no) {
            return JsonRpcError.application(no.text());
        }
        if (failure instanceof UpstreamFailure || failure instanceof JsonRpcFailure) {
            return JsonRpcError.application("upstream: " + failure.getMessage());
        }
        return failure;
    }
}
