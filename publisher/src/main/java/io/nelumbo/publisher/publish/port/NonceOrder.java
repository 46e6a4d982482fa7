package io.nelumbo.publisher.publish.port;

/** The order of nonces, which are unsigned. */
public final class NonceOrder {

    private NonceOrder() {}

    public static boolean isBelow(final long nonce, final long other) {
        return Long.compareUnsigned(nonce, other) < 0;
    }

    public static long lower(final long nonce, final long other) {
        return isBelow(nonce, other) ? nonce : other;
    }

    public static long higher(final long nonce, final long other) {
        return isBelow(nonce, other) ? other : nonce;
    }

    /** The nonce, or the nearer bound if it lies outside {@code low..high}. */
    public static long within(final long nonce, final long low, final long high) {
        return lower(higher(nonce, low), high);
    }
}
