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
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Something that was no measurement.
     *
     * @param load which one; null if it was none of them, but the warm-up
     */
    record Fault(String contestant, @Nullable Load load, String reason) {

        @Override
        public String toString() {
            return load == null
                    ? contestant + ": " + reason
                    : contestant + ", " + load.title() + ": " + reason;
        }
    }

    void add(final String contestant, final Load load, final LoadResult result) {
        of(contestant).computeIfAbsent(load, unused -> new ArrayList<>()).add(result);
    }

    /** A load, or with null a warm-up, that is no measurement, and why. */
    void fault(final String contestant, final @Nullable Load load, final String reason) {
        final var unused = of(contestant);
        faults.add(new Fault(contestant, load, reason));
    }

    /** All loads of a round at once. */
    void fault(final String contestant, final String reason) {
        for (final Load load : Load.values()) {
            fault(contestant, load, reason);
        }
    }

    /** In the order in which they ran first. */
    Set<String> contestants() {
        return results.keySet();
    }

    /** Empty if there are none. */
    List<LoadResult> of(final String contestant, final Load load) {
        return results.getOrDefault(contestant, Map.of()).getOrDefault(load, List.of());
    }

    /** All of them, in the order in which they happened. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Why a contestant's figures of a load are not all that they should be; empty if they are. */
    String faults(final String contestant, final Load load) {
        return String.join(
                "; ",
                faults.stream()
                        .filter(f -> f.contestant().equals(contestant) && f.load() == load)
                        .map(Fault::toString)
                        .toList());
    }

    /** A figure of each round; null if the contestant did not run. */
    @Nullable Series series(
            final String contestant, final Load load, final ToDoubleFunction<LoadResult> figure) {
        final List<LoadResult> all = of(contestant, load);
        return all.isEmpty() ? null : new Series(all.stream().map(figure::applyAsDouble).toList());
    }

    private Map<Load, List<LoadResult>> of(final String contestant) {
        return results.computeIfAbsent(contestant, unused -> new EnumMap<>(Load.class));
    }
}
