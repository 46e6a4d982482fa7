package io.nelumbo.publisher.chain.filecoin.lotus;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node and reads its answers. Futures fail with {@link UpstreamFailure} only, which says
 * whom was asked what. Immutable, any thread.
 */
record LotusCalls(JsonRpcClient client) {

    /** Where the node is, without credentials. */
    String nodeName() {
        final String port = client.url().getPort() < 0 ? "" : ":" + client.url().getPort();
        return client.url().getScheme() + "://" + client.url().getHost() + port;
    }

    <T> CompletableFuture<T> ask(
            final String method, final Function<JsonNode, T> reading, final JsonNode... params) {
        return read(method, reading, client.call(method, params));
    }

    /** The same where the answer may be larger; one at a time. */
    <T> CompletableFuture<T> askLarge(
            final int maxAnswerBytes,
            final String method,
            final Function<JsonNode, T> reading,
            final JsonNode... params) {
        return read(method, reading, client.callLarge(maxAnswerBytes, method, params));
    }

    private <T> CompletableFuture<T> read(
            final String method,
            final Function<JsonNode, T> reading,
            final CompletableFuture<JsonNode> call) {
        return call.handle(
                (answer, failure) -> {
                    if (failure != null) {
                        throw failed(method, unwrapped(failure));
                    }
                    return read(method, answer, reading);
                });
    }

    /** Asks for what may not be there: null, or an error that says so, becomes null. */
    <T> CompletableFuture<@Nullable T> askUnlessAbsent(
            final String method,
            final Predicate<String> isAbsence,
            final Function<JsonNode, T> reading,
            final JsonNode... params) {
        return client.call(method, params)
                .handle(
                        (answer, failure) -> {
                            if (failure == null) {
                                return answer.isNull() ? null : read(method, answer, reading);
                            }
                            final Throwable cause = unwrapped(failure);
                            if (cause instanceof JsonRpcFailure.ErrorAnswer no
                                    && isAbsence.test(no.text())) {
                                return null;
                            }
                            throw failed(method, cause);
                        });
    }

    private <T> T read(
            final String method, final JsonNode answer, final Function<JsonNode, T> reading) {
        try {
            return reading.apply(answer);
        } catch (final MalformedValue malformed) {
            throw new UpstreamFailure(
                    nodeName()
                            + " answered "
                            + method
                            + " in another form: "
                            + malformed.getMessage(),
                    malformed);
        }
    }

    private UpstreamFailure failed(final String method, final Throwable cause) {
        final String why =
                cause instanceof JsonRpcFailure.ErrorAnswer no ? no.text() : cause.getMessage();
        return new UpstreamFailure(nodeName() + " did not answer " + method + ": " + why, cause);
    }

    static Throwable unwrapped(final Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
