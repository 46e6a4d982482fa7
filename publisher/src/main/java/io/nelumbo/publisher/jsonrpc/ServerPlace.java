package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Where a server is: how it is asked, and how its failures are told. Immutable; any thread. */
record ServerPlace(URI url) {
    private static final int MAX_QUOTED_CHARS = 200;

    /** The server without path, query and user: a URL may hold secrets. */
    String name() {
        return url.getScheme() + "://" + url.getHost() + ":" + url.getPort();
    }

    /** A JSON-RPC request with a token, or without. */
    RequestOptions post(final @Nullable String token) {
        final RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        // An IPv6 address with its brackets: Vert.x wants it as in a header.
                        .setHost(url.getHost())
                        .setPort(port())
                        .setSsl(isTls())
                        .setFollowRedirects(false)
                        .setURI(pathAndQuery())
                        .putHeader("Content-Type", "application/json");
        return token == null ? request : request.putHeader("Authorization", "Bearer " + token);
    }

    /** A WebSocket with a token, or without. */
    WebSocketConnectOptions socket(final @Nullable String token) {
        final WebSocketConnectOptions socket = new WebSocketConnectOptions();
        socket.setHost(url.getHost()).setPort(port()).setSsl(isTls()).setURI(pathAndQuery());
        if (token != null) {
            socket.putHeader("Authorization", "Bearer " + token);
        }
        return socket;
    }

    /** What a failed exchange means. */
    JsonRpcFailure failure(final Throwable failure, final Duration timeout) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof JsonRpcFailure known) {
            return known;
        }
        if (cause instanceof TimeoutException) {
            return new JsonRpcFailure.TimedOut(
                    name() + " did not answer within " + timeout.toMillis() + " ms");
        }
        if (cause instanceof NotConnected) {
            return new JsonRpcFailure.Transport(name() + ": " + cause.getMessage(), true);
        }
        return new JsonRpcFailure.Transport(name() + ": " + cause);
    }

    JsonRpcFailure notJsonRpc(final HttpAnswer answer) {
        final byte[] body = answer.body();
        final int quoted = Math.min(body.length, MAX_QUOTED_CHARS);
        return notJsonRpc(answer.httpStatus(), new String(body, 0, quoted, UTF_8));
    }

    JsonRpcFailure notJsonRpc(final int httpStatus, final String body) {
        return new JsonRpcFailure.Transport(
                name()
                        + ": expected a JSON-RPC answer but was HTTP "
                        + httpStatus
                        + ": "
                        + body.substring(0, Math.min(body.length(), MAX_QUOTED_CHARS)).strip());
    }

    private boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private int port() {
        return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
    }

    private String pathAndQuery() {
        final String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
