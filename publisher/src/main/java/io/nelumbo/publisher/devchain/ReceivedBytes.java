package io.nelumbo.publisher.devchain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guarded by the chain's lock. Every byte string that was ever pushed for each (account, nonce), by
 * CID: what a test asks for violations of I2. Kept whether the chain took the message or not.
 */
final class ReceivedBytes {

    private record Slot(String from, long nonce) {}

    private final Map<Slot, Map<String, Integer>> timesByCid = new HashMap<>();
    private long pushes;

    void record(final PooledMessage message) {
        pushes++;
        timesByCid
                .computeIfAbsent(
                        new Slot(message.from(), message.nonce()), slot -> new LinkedHashMap<>())
                .merge(message.cid(), 1, Integer::sum);
    }

    /** Pushes received, repeats included. */
    long pushes() {
        return pushes;
    }

    /** Slots for which anything was received. */
    int slots() {
        return timesByCid.size();
    }

    /** Slots for which more than one byte string was received. */
    List<RewrittenSlot> rewritten() {
        final List<RewrittenSlot> found = new ArrayList<>();
        timesByCid.forEach(
                (slot, cids) -> {
                    if (cids.size() > 1) {
                        found.add(
                                new RewrittenSlot(
                                        slot.from(), slot.nonce(), List.copyOf(cids.keySet())));
                    }
                });
        return found;
    }
}
