package io.nelumbo.publisher.publish;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/**
 * One flag per account, raised by one thread and taken down by another, without locks or garbage.
 * Raising a flag that is up changes nothing: however far the taker falls behind, what waits for it
 * is bounded by the number of accounts. A flag may be handed over twice, and is never lost.
 */
final class AccountFlags {

    private static final int INITIAL_WORDS = 16;

    /** Set after a flag is raised, cleared before flags are taken down: spares the search. */
    private volatile boolean mayBeRaised;

    /** Replaced, when it is too short, by the raising thread only. */
    private volatile AtomicLongArray words = new AtomicLongArray(INITIAL_WORDS);

    /** Raises an account's flag. One thread. */
    void raise(final int accountId) {
        final int word = accountId >>> 6;
        AtomicLongArray current = words;
        if (word >= current.length()) {
            current = grown(current, Math.max(word + 1, current.length() * 2));
            words = current;
        }
        final long bit = 1L << accountId;
        if ((current.get(word) & bit) == 0) {
            current.getAndAccumulate(word, bit, (a, b) -> a | b);
        }
        mayBeRaised = true;
    }

    /** Takes down every flag that is up, and hands over its account. One thread. */
    void takeDown(final IntConsumer account) {
        if (!mayBeRaised) {
            return;
        }
        mayBeRaised = false;
        final AtomicLongArray current = words;
        for (int word = 0; word < current.length(); word++) {
            if (current.get(word) == 0) {
                continue;
            }
            long bits = current.getAndSet(word, 0);
            while (bits != 0) {
                account.accept((word << 6) + Long.numberOfTrailingZeros(bits));
                bits &= bits - 1;
            }
        }
    }

    private static AtomicLongArray grown(final AtomicLongArray from, final int wordCount) {
        final AtomicLongArray to = new AtomicLongArray(wordCount);
        for (int word = 0; word < from.length(); word++) {
            to.set(word, from.get(word));
        }
        return to;
    }
}
