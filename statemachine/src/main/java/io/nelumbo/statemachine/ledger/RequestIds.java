package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.statemachine.ledger.LedgerView.Answered;
import io.nelumbo.statemachine.ledger.LedgerView.AnsweredRequest;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Written by the applying thread only, under the ledger's lock. What each known request id was
 * answered with (I4).
 *
 * <p>Answers stand in a queue in order of sequence, {@value #ENTRY_BYTES} bytes each, so expiry
 * takes them from its beginning; the n-th answer ever given has ordinal n. An open-addressing table
 * of ordinals (at most {@value #MAX_LOAD_PERCENT} % full, doubled beyond, never shrunk) finds them
 * by id. Each place holds half of the id's hash too, so that probing, doubling and expiry stay in
 * the table, and an answer is touched only when it is the one. Doubling takes some 30 ms per
 * million ids, an expiry some 120 ms per million that it expires: expire often. The order in the
 * table means nothing and is never walked for what is read or written (I8).
 */
final class RequestIds {

    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int SEQUENCE = 16;
    private static final int NONCE = 24;
    private static final int REQUEST_HASH = 32;
    private static final int ACCOUNT_ID = 64;
    private static final int ENTRY_BYTES = 72;

    private static final int MAX_LOAD_PERCENT = 60;
    private static final long OCCUPIED = 0x8000_0000L;
    private static final int ORDINAL_MASK = 0x7FFF_FFFF;
    private static final long NONE = -1;

    private static final int EXPIRED_TOGETHER = 256;

    private final BlockQueue entries;

    /** The hash's 32 bits, {@link #OCCUPIED}, the ordinal's lower 31 bits; 0 if empty. */
    private long[] table = new long[512];

    private long firstOrdinal;
    private long nextOrdinal;
    private long expiredBefore;

    /** Hashes of the ids that are about to expire. */
    private final int[] expiring = new int[EXPIRED_TOGETHER];

    /** What prefetching read, so that no compiler leaves it out; means nothing. */
    @SuppressWarnings("UnusedVariable")
    private long prefetched;

    RequestIds(final BlockArena arena) {
        this(new BlockQueue(arena));
    }

    private RequestIds(final BlockQueue entries) {
        this.entries = entries;
    }

    /**
     * The answers that there are now, for writing them on any thread while the arena is held; no id
     * is found in it.
     */
    RequestIds frozen() {
        final RequestIds frozen = new RequestIds(entries);
        frozen.firstOrdinal = firstOrdinal;
        frozen.nextOrdinal = nextOrdinal;
        frozen.expiredBefore = expiredBefore;
        return frozen;
    }

    int count() {
        return (int) (nextOrdinal - firstOrdinal);
    }

    /** Ids of messages below this sequence are forgotten. */
    long expiredBefore() {
        return expiredBefore;
    }

    /**
     * Brings the places of ids into the cache. The table is larger than any cache, so that nearly
     * every first look at an id waits for memory. Looks that do not depend on each other, with
     * little between them, wait together.
     *
     * @param hashes of the ids, {@link #hash}
     */
    void prefetch(final int[] hashes, final int count) {
        final long[] places = table;
        final int mask = places.length - 1;
        long read = 0;
        for (int n = 0; n < count; n++) {
            read += places[hashes[n] & mask];
        }
        prefetched = read;
    }

    /** Whether an id is known, of a message with this sequence or a higher one. */
    boolean isKnown(final long high, final long low, final long fromSequence) {
        final long ordinal = find(high, low);
        return ordinal != NONE && field(ordinal, SEQUENCE) >= fromSequence;
    }

    /** Adds an id that is not known; its sequence is above all others. Answer it next. */
    void add(final long high, final long low, final long sequence) {
        if ((long) (count() + 1) * 100 > (long) table.length * MAX_LOAD_PERCENT) {
            doubleTable();
        }
        final long entry = entries.append(ENTRY_BYTES);
        entries.putLong(entry + HIGH, high);
        entries.putLong(entry + LOW, low);
        entries.putLong(entry + SEQUENCE, sequence);
        enter(occupied(hash(high, low), nextOrdinal));
        nextOrdinal++;
    }

    /** Says what the id that was added last is answered with. */
    void answer(final int accountId, final long nonce, final DirectBuffer requestHash) {
        final long entry = (nextOrdinal - 1) * ENTRY_BYTES;
        entries.putInt(entry + ACCOUNT_ID, accountId);
        entries.putLong(entry + NONCE, nonce);
        entries.putBytes(entry + REQUEST_HASH, requestHash, 0, LedgerLimits.HASH_BYTES);
    }

    /** Forgets the ids of messages below a sequence. */
    void expireBefore(final long sequence) {
        int leaving = prefetchBefore(sequence);
        while (leaving > 0) {
            for (int n = 0; n < leaving; n++) {
                leave(firstOrdinal, expiring[n]);
                firstOrdinal++;
            }
            leaving = prefetchBefore(sequence);
        }
        entries.releaseBefore(firstOrdinal * ENTRY_BYTES);
        expiredBefore = sequence;
    }

    /** Hashes the next ids below a sequence, and brings their places into the cache. */
    private int prefetchBefore(final long sequence) {
        final int most = (int) Math.min(expiring.length, nextOrdinal - firstOrdinal);
        int count = 0;
        while (count < most && field(firstOrdinal + count, SEQUENCE) < sequence) {
            final long ordinal = firstOrdinal + count;
            expiring[count] = hash(field(ordinal, HIGH), field(ordinal, LOW));
            count++;
        }
        prefetch(expiring, count);
        return count;
    }

    /** What an id was answered with, or null. */
    @Nullable Answered answered(final RequestId requestId) {
        final long ordinal = find(requestId.high(), requestId.low());
        return ordinal == NONE ? null : answered(ordinal);
    }

    /** Copies in order of sequence; see {@link LedgerView#answeredFrom}. */
    List<AnsweredRequest> answeredFrom(final long sequence, final int maxRequests) {
        final List<AnsweredRequest> requests = new ArrayList<>();
        long ordinal = firstOrdinalFrom(sequence);
        while (requests.size() < maxRequests && ordinal < nextOrdinal) {
            final RequestId id = new RequestId(field(ordinal, HIGH), field(ordinal, LOW));
            requests.add(new AnsweredRequest(id, answered(ordinal)));
            ordinal++;
        }
        return requests;
    }

    /** About what {@link #writeTo} writes. */
    long writtenBytes() {
        return (long) count() * ENTRY_BYTES;
    }

    void writeTo(final StateWriter out) {
        out.putLong(expiredBefore);
        out.putInt(count());
        for (long ordinal = firstOrdinal; ordinal < nextOrdinal; ordinal++) {
            final Answered answered = answered(ordinal);
            out.putLong(field(ordinal, HIGH));
            out.putLong(field(ordinal, LOW));
            out.putLong(answered.sequence());
            out.putInt(answered.accountId());
            out.putLong(answered.nonce());
            out.putBytes(answered.requestHash());
        }
    }

    void readFrom(final StateReader in, final LedgerState state) {
        expiredBefore = in.getLongWithin("expired sequence", 0, state.nextSequence);
        final int ids = in.getIntWithin("number of request ids", 0, state.limits.requestIds());
        long lastSequence = expiredBefore - 1;
        for (int n = 0; n < ids; n++) {
            final long high = in.getLong();
            final long low = in.getLong();
            in.check("new request id", find(high, low) == NONE, n);
            lastSequence =
                    in.getLongWithin(
                            "sequence of a request id", lastSequence + 1, state.nextSequence - 1);
            add(high, low, lastSequence);
            final int accountId =
                    in.getIntWithin("account of a request id", 0, state.accounts.count() - 1);
            final long nonce = in.getLong();
            in.check("nonce of a request id", state.accounts.isUsed(accountId, nonce), nonce);
            answer(accountId, nonce, new UnsafeBuffer(in.getBytes(LedgerLimits.HASH_BYTES)));
        }
    }

    private Answered answered(final long ordinal) {
        final long entry = ordinal * ENTRY_BYTES;
        return new Answered(
                entries.getInt(entry + ACCOUNT_ID),
                entries.getLong(entry + NONCE),
                entries.getLong(entry + SEQUENCE),
                entries.bytes(entry + REQUEST_HASH, LedgerLimits.HASH_BYTES));
    }

    private long field(final long ordinal, final int field) {
        return entries.getLong(ordinal * ENTRY_BYTES + field);
    }

    private long firstOrdinalFrom(final long sequence) {
        long low = firstOrdinal;
        long high = nextOrdinal;
        while (low < high) {
            final long middle = low + (high - low) / 2;
            if (field(middle, SEQUENCE) < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long find(final long high, final long low) {
        final int hash = hash(high, low);
        int place = home(hash);
        while (table[place] != 0) {
            final long ordinal = ordinalAt(place);
            if (hashAt(place) == hash
                    && field(ordinal, LOW) == low
                    && field(ordinal, HIGH) == high) {
                return ordinal;
            }
            place = after(place);
        }
        return NONE;
    }

    private void enter(final long occupied) {
        int place = home((int) (occupied >>> Integer.SIZE));
        while (table[place] != 0) {
            place = after(place);
        }
        table[place] = occupied;
    }

    /** Empties an ordinal's place, and moves up those behind it that would not be found else. */
    private void leave(final long ordinal, final int hash) {
        final int mask = table.length - 1;
        final long leaving = occupied(hash, ordinal);
        int hole = home(hash);
        while (table[hole] != leaving) {
            hole = after(hole);
        }
        for (int place = after(hole); table[place] != 0; place = after(place)) {
            final int fromHome = (place - home(hashAt(place))) & mask;
            final int fromHole = (place - hole) & mask;
            if (fromHome >= fromHole) {
                table[hole] = table[place];
                hole = place;
            }
        }
        table[hole] = 0;
    }

    private void doubleTable() {
        final long[] half = table;
        table = new long[half.length * 2];
        for (final long occupied : half) {
            if (occupied != 0) {
                enter(occupied);
            }
        }
    }

    private long ordinalAt(final int place) {
        return firstOrdinal + (((int) table[place] - (int) firstOrdinal) & ORDINAL_MASK);
    }

    private int hashAt(final int place) {
        return (int) (table[place] >>> Integer.SIZE);
    }

    private int after(final int place) {
        return (place + 1) & (table.length - 1);
    }

    /** Where the search for a hash begins. */
    private int home(final int hash) {
        return hash & (table.length - 1);
    }

    /** What an id's search begins with. */
    static int hash(final long high, final long low) {
        return (int) RequestIdHash.of(high, low);
    }

    private static long occupied(final int hash, final long ordinal) {
        return ((long) hash << Integer.SIZE) | OCCUPIED | (ordinal & ORDINAL_MASK);
    }
}
