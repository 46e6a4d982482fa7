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
 * by id. Doubling moves 4 bytes per id but reads all of them: about 0.1 s per million, once. An
 * expiry costs as much per million that it expires, so expire often. The order in the table means
 * nothing and is never walked (I8).
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
    private static final int OCCUPIED = 0x8000_0000;
    private static final int ORDINAL_MASK = 0x7FFF_FFFF;
    private static final long NONE = -1;

    private final BlockQueue entries;

    /** {@link #OCCUPIED} with the ordinal's lower 31 bits, or 0 for an empty place. */
    private int[] table = new int[1024];

    private long firstOrdinal;
    private long nextOrdinal;
    private long expiredBefore;

    RequestIds(final BlockArena arena) {
        entries = new BlockQueue(arena);
    }

    int count() {
        return (int) (nextOrdinal - firstOrdinal);
    }

    /** Ids of messages below this sequence are forgotten. */
    long expiredBefore() {
        return expiredBefore;
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
        enter(nextOrdinal);
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
        while (firstOrdinal < nextOrdinal && field(firstOrdinal, SEQUENCE) < sequence) {
            leave(firstOrdinal);
            firstOrdinal++;
        }
        entries.releaseBefore(firstOrdinal * ENTRY_BYTES);
        expiredBefore = sequence;
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
        int place = home(high, low);
        while (table[place] != 0) {
            final long ordinal = ordinalAt(place);
            if (field(ordinal, LOW) == low && field(ordinal, HIGH) == high) {
                return ordinal;
            }
            place = (place + 1) & (table.length - 1);
        }
        return NONE;
    }

    private void enter(final long ordinal) {
        int place = home(ordinal);
        while (table[place] != 0) {
            place = (place + 1) & (table.length - 1);
        }
        table[place] = OCCUPIED | (int) ordinal;
    }

    /** Empties an ordinal's place, and moves up those behind it that would not be found else. */
    private void leave(final long ordinal) {
        final int mask = table.length - 1;
        int hole = home(ordinal);
        while (table[hole] != (OCCUPIED | (int) ordinal)) {
            hole = (hole + 1) & mask;
        }
        for (int place = (hole + 1) & mask; table[place] != 0; place = (place + 1) & mask) {
            final int fromHome = (place - home(ordinalAt(place))) & mask;
            final int fromHole = (place - hole) & mask;
            if (fromHome >= fromHole) {
                table[hole] = table[place];
                hole = place;
            }
        }
        table[hole] = 0;
    }

    private void doubleTable() {
        table = new int[table.length * 2];
        for (long ordinal = firstOrdinal; ordinal < nextOrdinal; ordinal++) {
            enter(ordinal);
        }
    }

    private long ordinalAt(final int place) {
        return firstOrdinal + ((table[place] - (int) firstOrdinal) & ORDINAL_MASK);
    }

    private int home(final long ordinal) {
        return home(field(ordinal, HIGH), field(ordinal, LOW));
    }

    /** Where the search for an id begins. */
    private int home(final long high, final long low) {
        return (int) RequestIdHash.of(high, low) & (table.length - 1);
    }
}
