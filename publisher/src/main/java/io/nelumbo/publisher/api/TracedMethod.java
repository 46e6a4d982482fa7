package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.Tracer;
import io.nelumbo.publisher.trace.Tracer.Role;
import java.util.concurrent.CompletableFuture;

/**
 * A method within a span, under the client's own span if it named one. Only made while tracing is
 * on.
 *
 * @param name with the prefix {@code Filecoin.}
 */
record TracedMethod(String name, Tracer tracer, JsonRpcMethod method) implements JsonRpcMethod {

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
        final Span span =
                tracer.begin(name, Role.SERVER, caller.trace())
                        .with("rpc.system", "jsonrpc")
                        .with("rpc.method", name);
        // Through a future, so that what is thrown ends the span, too.
        return CompletableFuture.completedFuture(params)
                .thenCompose(given -> method.call(given, caller.at(span.place())))
                .whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                span.end();
                            } else {
                                span.fail("answered with an error");
                            }
                        });
    }
}
