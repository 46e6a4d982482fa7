package io.nelumbo.publisher.cli.bench;

import java.util.Arrays;

/** A fingerprint for each nonce of an account, eight bytes each. Guarded by its owner. */
final class NonceTable {
    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] fingerprints = new long[FIRST_CAPACITY];
    private int end;

    /** Whether a nonce is one that an account of a bench, which begins at 0, can have. */
    static boolean holds(final long nonce) {
        return nonce >= 0 && nonce < BenchOptions.MAX_MESSAGES;
    }

    /** Above every nonce in it. */
    int end() {
        return end;
    }

    /** False if there is one already, which stays. */
    boolean putIfAbsent(final int nonce, final long fingerprint) {
        if (nonce >= fingerprints.length) {
            fingerprints =
                    Arrays.copyOf(fingerprints, Math.max(nonce + 1, 2 * fingerprints.length));
        }
        if (fingerprints[nonce] != 0) {
            return false;
        }
        fingerprints[nonce] = fingerprint;
        end = Math.max(end, nonce + 1);
        return true;
    }

    /** 0 if there is none. */
    long of(final int nonce) {
        return nonce < end ? fingerprints[nonce] : 0;
    }
}
