package io.nelumbo.statemachine.ledger;

import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Written by the applying thread only, under the ledger's lock. The slots of one account, one per
 * nonce from its kept to its next; which these are, {@link Accounts} knows.
 *
 * <p>It is the queue of its records and not the holder of one: of a million accounts, each would be
 * an object more to hold and to wait for. A slot is a record in it: a head of {@value #HEAD_BYTES}
 * bytes, then the signed bytes; a ring finds it by nonce. A message therefore costs its bytes and
 * about 60 more, and leaves by moving the queue's beginning. Bytes that replace others are rare and
 * live in a map; the replaced bytes stay in the queue, unused, until their slot leaves.
 */
final class AccountOutbox extends BlockQueue {

    /** Somebody else used the nonce; the slot holds no message any more. */
    static final int DISPLACED = 1;

    /** A self-send took the place of what the client asked for. */
    static final int FILLED = 2;

    private static final int SUBSTITUTED = 4;

    private static final int SEQUENCE = 0;
    private static final int LENGTH = 8;
    private static final int FLAGS = 12;
    private static final int HASH = 16;
    private static final int HEAD_BYTES = HASH + LedgerLimits.HASH_BYTES;

    /** What is written of a slot beside its signed bytes, if nothing was substituted. */
    static final int WRITTEN_HEAD_BYTES =
            Byte.BYTES + Long.BYTES + LedgerLimits.HASH_BYTES + Integer.BYTES + Integer.BYTES;

    private static final byte[] NO_HASHES = new byte[0];

    /** A ring: the record of a nonce stands at {@code nonce & (length - 1)}. */
    private long[] positions = new long[8];

    /** By nonce; never iterated. Null until there is one: a million accounts may have none. */
    private @Nullable Long2ObjectHashMap<Substitute> substitutes;

    /** Below this nonce no substitute is left in the map. */
    private long substitutesFrom;

    AccountOutbox(final BlockArena arena) {
        super(arena);
    }

    /** Adds the slot of the next nonce, with a message in it. */
    void add(
            final long keptNonce,
            final long nonce,
            final long sequence,
            final DirectBuffer hash,
            final DirectBuffer signedBytes) {
        final int length = signedBytes.capacity();
        final long record = addSlot(keptNonce, nonce, length, 0);
        putLong(record + SEQUENCE, sequence);
        putBytes(record + HASH, hash, 0, LedgerLimits.HASH_BYTES);
        putBytes(record + HEAD_BYTES, signedBytes, 0, length);
    }

    /** Adds the slot of the next nonce, used up by somebody else. */
    void addDisplaced(final long keptNonce, final long nonce) {
        addSlot(keptNonce, nonce, 0, DISPLACED);
    }

    /** Gives a message other bytes. The hash it had joins the former ones. */
    void substitute(
            final long nonce,
            final long sequence,
            final DirectBuffer hash,
            final byte[] signedBytes) {
        final long record = record(nonce);
        final byte[] former = formerHashes(nonce);
        final byte[] grown = Arrays.copyOf(former, former.length + LedgerLimits.HASH_BYTES);
        System.arraycopy(hash(nonce), 0, grown, former.length, LedgerLimits.HASH_BYTES);
        put(nonce, new Substitute(signedBytes, grown));
        putLong(record + SEQUENCE, sequence);
        putInt(record + FLAGS, flags(nonce) | SUBSTITUTED);
        putBytes(record + HASH, hash, 0, LedgerLimits.HASH_BYTES);
    }

    /** The substituted bytes are a self-send. */
    void fill(final long nonce) {
        putInt(record(nonce) + FLAGS, flags(nonce) | FILLED);
    }

    /** The slot holds no message any more, and that is final (I9). */
    void displace(final long nonce) {
        if (substitutes != null) {
            substitutes.remove(nonce);
        }
        putInt(record(nonce) + FLAGS, DISPLACED);
    }

    /** Forgets the slots below a nonce; while a snapshot reads them, their bytes stay a while. */
    void release(final long newKeptNonce, final long nextNonce) {
        if (substitutes != null && !substitutes.isEmpty() && !isHeld()) {
            while (Long.compareUnsigned(substitutesFrom, newKeptNonce) < 0) {
                substitutes.remove(substitutesFrom);
                substitutesFrom++;
            }
        }
        releaseBefore(newKeptNonce == nextNonce ? end() : record(newKeptNonce));
    }

    boolean isDisplaced(final long nonce) {
        return (flags(nonce) & DISPLACED) != 0;
    }

    int flags(final long nonce) {
        return getInt(record(nonce) + FLAGS);
    }

    /** Length of the signed bytes that count now; 0 for a displaced slot. */
    int length(final long nonce) {
        final int flags = flags(nonce);
        if ((flags & DISPLACED) != 0) {
            return 0;
        }
        return (flags & SUBSTITUTED) != 0
                ? substitute(nonce).signedBytes().length
                : getInt(record(nonce) + LENGTH);
    }

    int substitutions(final long nonce) {
        return formerHashes(nonce).length / LedgerLimits.HASH_BYTES;
    }

    /** A copy of a slot that is not displaced. */
    OutboxMessage message(final long nonce) {
        final byte[] former = formerHashes(nonce);
        final List<byte[]> formerHashes = new ArrayList<>(former.length / LedgerLimits.HASH_BYTES);
        for (int at = 0; at < former.length; at += LedgerLimits.HASH_BYTES) {
            formerHashes.add(Arrays.copyOfRange(former, at, at + LedgerLimits.HASH_BYTES));
        }
        return new OutboxMessage(
                nonce,
                getLong(record(nonce) + SEQUENCE),
                signedBytes(nonce),
                hash(nonce),
                List.copyOf(formerHashes),
                (flags(nonce) & FILLED) != 0);
    }

    /**
     * Writes the slots of a range of nonces, from the record of the first one on: records follow
     * one another as their nonces do. On any thread while the arena is held and no slot is changed.
     */
    void writeSlots(
            final long first, final long fromNonce, final long toNonce, final StateWriter out) {
        long record = first;
        for (long nonce = fromNonce; nonce != toNonce; nonce++) {
            final int length = getInt(record + LENGTH);
            writeSlot(record, length, nonce, out);
            record += BlockQueue.aligned(HEAD_BYTES + length);
        }
    }

    private void writeSlot(
            final long record, final int length, final long nonce, final StateWriter out) {
        final int recordFlags = getInt(record + FLAGS);
        final int flags = recordFlags & (DISPLACED | FILLED);
        out.putByte(flags);
        if (flags == DISPLACED) {
            return;
        }
        out.putLong(getLong(record + SEQUENCE));
        out.putBytes(bytes(record + HASH, LedgerLimits.HASH_BYTES));
        if ((recordFlags & SUBSTITUTED) == 0) {
            out.putInt(length);
            out.putBytes(bytes(record + HEAD_BYTES, length));
            out.putInt(0);
            return;
        }
        final Substitute substitute = substitute(nonce);
        out.putInt(substitute.signedBytes().length);
        out.putBytes(substitute.signedBytes());
        out.putInt(substitute.formerHashes().length / LedgerLimits.HASH_BYTES);
        out.putBytes(substitute.formerHashes());
    }

    void readSlot(
            final long keptNonce, final long nonce, final long nextSequence, final StateReader in) {
        final int flags = in.getByte();
        in.check("slot", flags == 0 || flags == DISPLACED || flags == FILLED, flags);
        if (flags == DISPLACED) {
            addDisplaced(keptNonce, nonce);
            return;
        }
        final long sequence = in.getLongWithin("sequence of a message", 0, nextSequence - 1);
        final DirectBuffer hash = new UnsafeBuffer(in.getBytes(LedgerLimits.HASH_BYTES));
        final byte[] signedBytes =
                in.getBytes(in.getIntWithin("message length", 1, LedgerLimits.MAX_SIGNED_BYTES));
        final int substitutions =
                in.getIntWithin(
                        "number of former hashes",
                        flags == FILLED ? 1 : 0,
                        LedgerLimits.MAX_SUBSTITUTIONS);
        if (substitutions == 0) {
            add(keptNonce, nonce, sequence, hash, new UnsafeBuffer(signedBytes));
            return;
        }
        final byte[] formerHashes = in.getBytes(substitutions * LedgerLimits.HASH_BYTES);
        add(keptNonce, nonce, sequence, hash, new UnsafeBuffer(0, 0));
        putInt(record(nonce) + FLAGS, flags | SUBSTITUTED);
        put(nonce, new Substitute(signedBytes, formerHashes));
    }

    /** Of a slot that is marked as substituted. */
    private Substitute substitute(final long nonce) {
        return Objects.requireNonNull(Objects.requireNonNull(substitutes).get(nonce));
    }

    private void put(final long nonce, final Substitute substitute) {
        if (substitutes == null) {
            substitutes = new Long2ObjectHashMap<>();
        }
        if (substitutes.isEmpty() || Long.compareUnsigned(nonce, substitutesFrom) < 0) {
            substitutesFrom = nonce;
        }
        substitutes.put(nonce, substitute);
    }

    /** Looks at what {@link #add} will touch, and says what it saw: that means nothing. */
    long prefetch(final long nextNonce) {
        return record(nextNonce) + prefetchEnd();
    }

    /** Where the record of a held nonce begins. */
    long record(final long nonce) {
        return positions[(int) nonce & (positions.length - 1)];
    }

    private byte[] hash(final long nonce) {
        return bytes(record(nonce) + HASH, LedgerLimits.HASH_BYTES);
    }

    private byte[] signedBytes(final long nonce) {
        return (flags(nonce) & SUBSTITUTED) != 0
                ? substitute(nonce).signedBytes()
                : bytes(record(nonce) + HEAD_BYTES, getInt(record(nonce) + LENGTH));
    }

    private byte[] formerHashes(final long nonce) {
        return (flags(nonce) & SUBSTITUTED) != 0 ? substitute(nonce).formerHashes() : NO_HASHES;
    }

    private long addSlot(
            final long keptNonce, final long nonce, final int length, final int flags) {
        if (nonce - keptNonce == positions.length) {
            growRing(keptNonce, nonce);
        }
        final long record = append(HEAD_BYTES + length);
        putInt(record + LENGTH, length);
        putInt(record + FLAGS, flags);
        positions[(int) nonce & (positions.length - 1)] = record;
        return record;
    }

    private void growRing(final long keptNonce, final long nextNonce) {
        final long[] grown = new long[positions.length * 2];
        for (long nonce = keptNonce; nonce != nextNonce; nonce++) {
            grown[(int) nonce & (grown.length - 1)] = record(nonce);
        }
        positions = grown;
    }
}
