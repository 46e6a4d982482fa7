package io.nelumbo.publisher.api.push;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pushes that a leader was given.
 *
 * @param answers one for each, in their order; exceptional where none came
 * @param handed completes when all of them are with the pipeline or refused, so that whoever asks
 *     next comes behind them; null where nothing but the answers tells so
 */
record TakenIn(
        List<CompletableFuture<PushAnswer>> answers, @Nullable CompletableFuture<Void> handed) {

    /** Pushes that another node decides. */
    static TakenIn elsewhere(
            final int pushes, final CompletableFuture<List<PushAnswer>> allAnswers) {
        return new TakenIn(
                IntStream.range(0, pushes)
                        .mapToObj(place -> allAnswers.thenApply(all -> at(place, all)))
                        .toList(),
                null);
    }

    private static PushAnswer at(final int place, final List<PushAnswer> all) {
        return place < all.size()
                ? all.get(place)
                : new PushAnswer.Unreached("the leader did not answer it");
    }
}
