package io.nelumbo.publisher.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tries that one call gets: one node after the other, round after round, always the same call,
 * until there is a reply or the time is over. One try at a time; each step happens after the one
 * before it, on whichever thread, and none blocks.
 */
final class CallAttempts {
    private static final long MIN_PAUSE_MS = 100;
    private static final int MAX_DOUBLINGS = 5;
    private static final long MAX_PAUSE_MS = 2_000;

    private final Call call;
    private final NodeLine line;
    private final ClientOptions options;
    private final long deadlineNs;
    private final Map<String, String> said = new LinkedHashMap<>();
    private Iterator<JsonRpcClient> round = Collections.emptyIterator();
    private int rounds;
    private boolean perhapsDone;

    CallAttempts(final Call call, final NodeLine line, final ClientOptions options) {
        this.call = call;
        this.line = line;
        this.options = options;
        this.deadlineNs = System.nanoTime() + options.deadline().toNanos();
    }

    /** Completes with the reply, by the deadline; never exceptionally. */
    CompletableFuture<Reply<JsonNode>> run() {
        if (rounds == options.rounds() || line.isClosed()) {
            return end(givenUp());
        }
        rounds++;
        round = line.round().iterator();
        return tryNext();
    }

    private CompletableFuture<Reply<JsonNode>> tryNext() {
        final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (leftMs <= 0 || line.isClosed()) {
            return end(givenUp());
        }
        if (!round.hasNext()) {
            return pauseAndRun(leftMs);
        }
        final JsonRpcClient node = round.next();
        final Duration timeout =
                Duration.ofMillis(Math.min(leftMs, options.nodeTimeout().toMillis()));
        return node.call(
                        timeout,
                        "Filecoin." + call.method(),
                        call.params().toArray(JsonNode[]::new))
                .handle(Heard::new)
                .thenCompose(heard -> heard(node, heard));
    }

    private CompletableFuture<Reply<JsonNode>> heard(final JsonRpcClient node, final Heard heard) {
        if (heard.result() != null) {
            line.worked(node);
            return end(new Reply.Answered<>(heard.result()));
        }
        if (!(heard.cause() instanceof JsonRpcFailure known)) {
            throw new IllegalStateException("expected only failures of JSON-RPC", heard.failure());
        }
        final FailedTry failed = FailedTry.of(node.place(), known);
        said.put(node.place(), failed.said());
        // Whoever waits for the chain hears nothing from a good node either.
        if (failed.silent() && !(known instanceof JsonRpcFailure.TimedOut && call.waits())) {
            line.rest(node);
        }
        return switch (failed.meaning()) {
            case NOT_NOW -> tryNext();
            case NO -> {
                line.worked(node);
                yield end(perhapsDone ? givenUp() : new Reply.Refused<>(failed.words()));
            }
            case PERHAPS -> {
                perhapsDone = call.kind() != Call.Kind.READ;
                yield call.kind() == Call.Kind.ONCE ? end(givenUp()) : tryNext();
            }
        };
    }

    private CompletableFuture<Reply<JsonNode>> pauseAndRun(final long leftMs) {
        final long fullMs =
                Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS << Math.min(rounds - 1, MAX_DOUBLINGS));
        // Those who failed together shall not come back together.
        final long pauseMs = ThreadLocalRandom.current().nextLong(fullMs / 2, fullMs + 1);
        if (rounds == options.rounds() || pauseMs >= leftMs) {
            return end(givenUp());
        }
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, pauseMs, TimeUnit.MILLISECONDS)
                .thenCompose(passed -> run());
    }

    /** What the tries together came to, none of them having been answered. */
    private Reply<JsonNode> givenUp() {
        final List<String> all = List.copyOf(said.values());
        return perhapsDone
                ? new Reply.OutcomeUnknown<>(call.requestId(), all)
                : new Reply.Unavailable<>(all);
    }

    private static CompletableFuture<Reply<JsonNode>> end(final Reply<JsonNode> reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** What a node's future completed with: one of the two. */
    private record Heard(@Nullable JsonNode result, @Nullable Throwable failure) {

        @Nullable Throwable cause() {
            return failure instanceof CompletionException && failure.getCause() != null
                    ? failure.getCause()
                    : failure;
        }
    }
}
