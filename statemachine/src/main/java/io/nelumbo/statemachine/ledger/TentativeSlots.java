package io.nelumbo.statemachine.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * Owned by the applying thread. What a batch does to single nonces beyond sequencing them:
 * displacing, replacing, filling. Rare, so it is allowed a map and garbage; the map is asked by key
 * and never walked (I8).
 */
final class TentativeSlots {

    private record Nonce(int accountId, long nonce) {}

    private record Slot(int flags, int substitutions) {}

    private static final Slot UNTOUCHED = new Slot(0, 0);

    private final Outbox outbox;
    private final Map<Nonce, Slot> slots = new HashMap<>();

    TentativeSlots(final Outbox outbox) {
        this.outbox = outbox;
    }

    /** Forgets the batch before. */
    void begin() {
        if (!slots.isEmpty()) {
            slots.clear();
        }
    }

    boolean isUntouched() {
        return slots.isEmpty();
    }

    boolean isDisplaced(final int accountId, final long nonce) {
        return (slot(accountId, nonce).flags & AccountOutbox.DISPLACED) != 0;
    }

    boolean isFilled(final int accountId, final long nonce) {
        return (slot(accountId, nonce).flags & AccountOutbox.FILLED) != 0;
    }

    int substitutions(final int accountId, final long nonce) {
        return slot(accountId, nonce).substitutions;
    }

    void displace(final int accountId, final long nonce) {
        slots.put(new Nonce(accountId, nonce), new Slot(AccountOutbox.DISPLACED, 0));
    }

    void substitute(final int accountId, final long nonce, final boolean filled) {
        final Slot slot = slot(accountId, nonce);
        slots.put(
                new Nonce(accountId, nonce),
                new Slot(slot.flags | (filled ? AccountOutbox.FILLED : 0), slot.substitutions + 1));
    }

    private Slot slot(final int accountId, final long nonce) {
        final Slot touched = slots.get(new Nonce(accountId, nonce));
        if (touched != null) {
            return touched;
        }
        return outbox.isHeld(accountId, nonce)
                ? new Slot(outbox.flags(accountId, nonce), outbox.substitutions(accountId, nonce))
                : UNTOUCHED;
    }
}
