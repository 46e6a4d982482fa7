package io.nelumbo.publisher.load;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the messages of a load.
 *
 * @param refused by reason, in alphabetical order
 * @param unknown told so by the target, or not answered before the load's patience was over
 * @param unsent due, but not sent before the load's patience was over, because too many were in
 *     flight
 */
public record Counts(long acknowledged, Map<String, Long> refused, long unknown, long unsent) {

    public Counts {
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    /** The refused ones of all reasons. */
    public long allRefused() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All messages that were due. */
    public long due() {
        return acknowledged + allRefused() + unknown + unsent;
    }
}
