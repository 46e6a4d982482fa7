package io.nelumbo.publisher.load;

import java.util.Map;
import java.util.TreeMap;

/** Counts by reason, of a bounded number of reasons. Any thread. */
final class Reasons {
    static final int MAX_REASONS = 32;
    static final String OTHERS = "other reasons";

    private static final int MAX_CHARS = 300;

    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void add(final String reason, final int count) {
        final String cut = reason.substring(0, Math.min(reason.length(), MAX_CHARS));
        final boolean known = counts.containsKey(cut) || counts.size() < MAX_REASONS;
        counts.merge(known ? cut : OTHERS, (long) count, Long::sum);
    }

    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
