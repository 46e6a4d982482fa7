package io.nelumbo.statemachine.raft;

import java.util.Map;
import java.util.TreeMap;

/**
 * What any leader has acknowledged, kept outside of the processes that may die: the first sequence
 * of each batch and the hash of its bytes. Any thread.
 */
final class Acknowledged {

    private final TreeMap<Long, String> hashes = new TreeMap<>();

    /** A line {@code firstSequence hash}. */
    synchronized void add(final String line) {
        final String[] words = line.split(" ", 2);
        final String before = hashes.put(Long.parseLong(words[0]), words[1]);
        if (before != null && !before.equals(words[1])) {
            throw new AssertionError(
                    "I5: two batches were acknowledged at sequence "
                            + words[0]
                            + ": "
                            + before
                            + " and "
                            + words[1]);
        }
    }

    synchronized int count() {
        return hashes.size();
    }

    synchronized Map<Long, String> hashBySequence() {
        return new TreeMap<>(hashes);
    }
}
