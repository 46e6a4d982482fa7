package io.nelumbo.publisher.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The requests between the sequencer and their answers, by request id. Owned by the sequencer
 * thread. Open addressing over preallocated arrays: no garbage.
 *
 * <p>A request leaves only after it is settled, and one that was committed is settled only after
 * the ledger has applied it. So at any moment an id that was ever sequenced is here, or in the
 * ledger, or its request has failed: whoever looks here first and in the ledger second cannot miss
 * it (I4). The other way round could: not yet applied at the first look, settled at the second.
 */
final class InFlightRequests {

    private final int capacity;
    private final int mask;
    private final @Nullable PendingRequest[] table;

    /** The same requests in the order in which they came, which is about that of being settled. */
    private final @Nullable PendingRequest[] order;

    private int oldest;
    private int size;

    InFlightRequests(final int capacity) {
        this.capacity = capacity;
        final int tableSize = Integer.highestOneBit(Math.max(2, capacity - 1)) << 2;
        mask = tableSize - 1;
        table = new PendingRequest[tableSize];
        order = new PendingRequest[capacity];
    }

    /** The request with this id that came last, settled perhaps, or null. */
    @Nullable PendingRequest find(final long idHigh, final long idLow) {
        for (int at = home(idHigh, idLow); ; at = (at + 1) & mask) {
            final PendingRequest there = table[at];
            if (there == null || has(there, idHigh, idLow)) {
                return there;
            }
        }
    }

    boolean hasRoom() {
        removeSettled();
        return size < capacity;
    }

    /** Adds a request, in place of a settled one with the same id. There must be room. */
    void add(final PendingRequest request) {
        final long high = request.id().high();
        final long low = request.id().low();
        int at = home(high, low);
        PendingRequest there = table[at];
        while (there != null && !has(there, high, low)) {
            at = (at + 1) & mask;
            there = table[at];
        }
        table[at] = request;
        order[(oldest + size) % capacity] = request;
        size++;
    }

    /** Requests in here; settled ones behind an unsettled one count too. */
    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(table, null);
        Arrays.fill(order, null);
        oldest = 0;
        size = 0;
    }

    private void removeSettled() {
        while (size > 0) {
            final PendingRequest first = order[oldest];
            if (first == null || !first.isSettled()) {
                return;
            }
            order[oldest] = null;
            oldest = (oldest + 1) % capacity;
            size--;
            remove(first);
        }
    }

    /** By identity: another request may have taken the id over after this one failed. */
    private void remove(final PendingRequest request) {
        int at = home(request.id().high(), request.id().low());
        while (table[at] != request) {
            if (table[at] == null) {
                return;
            }
            at = (at + 1) & mask;
        }
        closeGap(at);
    }

    /** Moves later ones back, so that no search ends at the gap too early. */
    private void closeGap(final int removed) {
        int gap = removed;
        int at = (gap + 1) & mask;
        PendingRequest there = table[at];
        while (there != null) {
            final int home = home(there.id().high(), there.id().low());
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                table[gap] = there;
                gap = at;
            }
            at = (at + 1) & mask;
            there = table[at];
        }
        table[gap] = null;
    }

    private int home(final long high, final long low) {
        final long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    private static boolean has(final PendingRequest request, final long high, final long low) {
        return request.id().high() == high && request.id().low() == low;
    }
}
