package io.nelumbo.bench.compare;

import io.nelumbo.publisher.load.LoadResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What each contestant's loads came to, round by round. One thread. */
final class Standings {

    private final Map<String, Map<Load, List<LoadResult>>> results = new LinkedHashMap<>();

    void add(final String contestant, final Load load, final LoadResult result) {
        results.computeIfAbsent(contestant, unused -> new EnumMap<>(Load.class))
                .computeIfAbsent(load, unused -> new ArrayList<>())
                .add(result);
    }

    /** In the order in which they ran first. */
    Set<String> contestants() {
        return results.keySet();
    }

    /** Empty if there are none. */
    List<LoadResult> of(final String contestant, final Load load) {
        return results.getOrDefault(contestant, Map.of()).getOrDefault(load, List.of());
    }

    /** A figure of each round; null if the contestant did not run. */
    @Nullable Series series(
            final String contestant, final Load load, final ToDoubleFunction<LoadResult> figure) {
        final List<LoadResult> all = of(contestant, load);
        return all.isEmpty() ? null : new Series(all.stream().map(figure::applyAsDouble).toList());
    }
}
