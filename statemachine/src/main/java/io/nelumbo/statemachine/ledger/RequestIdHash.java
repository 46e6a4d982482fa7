package io.nelumbo.statemachine.ledger;

/**
 * Spreads request ids over a table. Clients choose their ids, and a client with a token could
 * choose them to collide; it would slow this cluster down as it could by sending more. Stateless.
 */
final class RequestIdHash {

    private RequestIdHash() {}

    /** All 64 bits depend on all 128 (the finalizer of MurmurHash3, public domain). */
    static long of(final long high, final long low) {
        long hash = high ^ Long.rotateLeft(low, 32);
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ low ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}
