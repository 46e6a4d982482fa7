package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The calls that the leader is answering now. A second attempt at one of them gets the answer of
 * the first, from its beginning on: while the first still waits for gas or funds, neither the
 * pipeline nor the ledger knows its request ids, and today's funds would refuse the second with
 * "nothing was published" although the first is published a moment later (I4). Any thread. Holds no
 * more than the calls that are being answered anyway.
 */
final class CallsInFlight {

    /** Which message under which request id. */
    private record Asked(RequestId requestId, ByteBuffer requestHash) {}

    private final ConcurrentMap<List<Asked>, CompletableFuture<List<PushAnswer>>> calls =
            new ConcurrentHashMap<>();

    /**
     * Answers a call, or joins the attempt at the same one that is in flight.
     *
     * @param desk whose failure is everybody's who asks meanwhile, and nobody's after
     */
    CompletableFuture<List<PushAnswer>> join(
            final PushCall call,
            final Function<PushCall, CompletableFuture<List<PushAnswer>>> desk) {
        final List<Asked> asked =
                call.pushes().stream()
                        .map(
                                push ->
                                        new Asked(
                                                push.requestId(),
                                                ByteBuffer.wrap(push.requestHash())))
                        .toList();
        final CompletableFuture<List<PushAnswer>> mine = new CompletableFuture<>();
        final CompletableFuture<List<PushAnswer>> first = calls.putIfAbsent(asked, mine);
        if (first != null) {
            return first.copy();
        }
        // An entry that stayed would keep this call from ever being answered again.
        return CompletableFuture.completedFuture(call)
                .thenCompose(desk)
                .whenComplete(
                        (answers, failure) -> {
                            calls.remove(asked);
                            if (failure == null) {
                                mine.complete(answers);
                            } else {
                                mine.completeExceptionally(failure);
                            }
                        });
    }
}
