package io.nelumbo.statemachine.ledger;

import java.util.Arrays;
import java.util.Objects;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Written by the applying thread only, under the ledger's lock. The accounts, numbered in the order
 * in which they were opened, with the nonces that divide each one's life:
 *
 * <pre>{@code first ≤ kept ≤ confirmed ≤ next}   (distances are far below 2^63)</pre>
 *
 * <p>Below {@code kept} the outbox has forgotten; below {@code confirmed} the chain has executed;
 * below {@code next} everything is committed (I1).
 */
final class Accounts {

    /** What is written of an account beside its address, if its lane is not halted. */
    private static final int WRITTEN_HEAD_BYTES =
            Byte.BYTES + Integer.BYTES + 4 * Long.BYTES + Integer.BYTES;

    private static final int KEPT = 0;
    private static final int CONFIRMED = 1;
    private static final int NEXT = 2;
    private static final int NONCES = 3;

    private final Addresses addresses;
    private long[] first = new long[16];

    /** Kept, confirmed and next of each: side by side, so that one look into memory has them. */
    private long[] nonces = new long[16 * NONCES];

    /** Of the accounts whose lane is halted; iterated only to be copied. */
    private final Int2ObjectHashMap<String> haltReasons = new Int2ObjectHashMap<>();

    Accounts() {
        this(new Addresses());
    }

    private Accounts(final Addresses addresses) {
        this.addresses = addresses;
    }

    /** The accounts as they are now, to be read on any thread. Copies 24 bytes for each. */
    Accounts frozen() {
        final Accounts frozen = new Accounts(addresses.frozen());
        frozen.first = first;
        frozen.nonces = Arrays.copyOf(nonces, count() * NONCES);
        frozen.haltReasons.putAll(haltReasons);
        return frozen;
    }

    int count() {
        return addresses.count();
    }

    /** Opens the next account. */
    void open(final byte chainCode, final byte[] address, final long firstNonce) {
        final int accountId = count();
        if (accountId == first.length) {
            first = Arrays.copyOf(first, accountId * 2);
            nonces = Arrays.copyOf(nonces, accountId * 2 * NONCES);
        }
        addresses.add(chainCode, address);
        first[accountId] = firstNonce;
        kept(accountId, firstNonce);
        confirmed(accountId, firstNonce);
        next(accountId, firstNonce);
    }

    /** The account at an address, or -1. */
    int idOf(final byte chainCode, final byte[] address) {
        return addresses.numberOf(chainCode, address);
    }

    /** The same id; throws IndexOutOfBoundsException if it was never opened. */
    int checked(final int accountId) {
        return Objects.checkIndex(accountId, count());
    }

    long first(final int accountId) {
        return first[accountId];
    }

    long kept(final int accountId) {
        return nonces[accountId * NONCES + KEPT];
    }

    void kept(final int accountId, final long nonce) {
        nonces[accountId * NONCES + KEPT] = nonce;
    }

    long confirmed(final int accountId) {
        return nonces[accountId * NONCES + CONFIRMED];
    }

    void confirmed(final int accountId, final long nonce) {
        nonces[accountId * NONCES + CONFIRMED] = nonce;
    }

    long next(final int accountId) {
        return nonces[accountId * NONCES + NEXT];
    }

    void next(final int accountId, final long nonce) {
        nonces[accountId * NONCES + NEXT] = nonce;
    }

    /** Whether a nonce was ever used by this account, so far as the cluster knows. */
    boolean isUsed(final int accountId, final long nonce) {
        return Long.compareUnsigned(first[accountId], nonce) <= 0
                && Long.compareUnsigned(nonce, next(accountId)) < 0;
    }

    boolean isHalted(final int accountId) {
        return haltReasons.containsKey(accountId);
    }

    void halt(final int accountId, final String reason) {
        haltReasons.put(accountId, reason);
    }

    void resume(final int accountId) {
        haltReasons.remove(accountId);
    }

    LedgerView.Account account(final int accountId) {
        checked(accountId);
        return new LedgerView.Account(
                accountId,
                ChainCodes.kindOf(addresses.chainCode(accountId)),
                addresses.address(accountId),
                first[accountId],
                next(accountId),
                confirmed(accountId),
                haltReasons.get(accountId));
    }

    /** About what {@link #writeTo} writes. */
    long writtenBytes() {
        return addresses.totalBytes() + (long) count() * WRITTEN_HEAD_BYTES;
    }

    void writeTo(final StateWriter out) {
        out.putInt(count());
        for (int accountId = 0; accountId < count(); accountId++) {
            final byte[] address = addresses.address(accountId);
            out.putByte(addresses.chainCode(accountId));
            out.putInt(address.length);
            out.putBytes(address);
            out.putLong(first[accountId]);
            out.putLong(kept(accountId));
            out.putLong(confirmed(accountId));
            out.putLong(next(accountId));
            out.putOptionalText(haltReasons.get(accountId));
        }
    }

    void readFrom(final StateReader in, final LedgerLimits limits) {
        final int accounts = in.getIntWithin("number of accounts", 0, limits.accounts());
        for (int accountId = 0; accountId < accounts; accountId++) {
            final int chainCode = in.getByte();
            in.check("chain", ChainCodes.isKnown(chainCode), chainCode);
            final byte[] address =
                    in.getBytes(
                            in.getIntWithin("address length", 1, LedgerLimits.MAX_ADDRESS_BYTES));
            in.check("new address", idOf((byte) chainCode, address) == -1, accountId);
            open((byte) chainCode, address, in.getLong());
            readNonces(in, accountId, limits);
            final String haltReason = in.getOptionalText(LedgerLimits.MAX_TEXT_BYTES);
            if (haltReason != null) {
                halt(accountId, haltReason);
            }
        }
    }

    private void readNonces(final StateReader in, final int accountId, final LedgerLimits limits) {
        kept(accountId, in.getLong());
        confirmed(accountId, in.getLong());
        next(accountId, in.getLong());
        final long past = kept(accountId) - first[accountId];
        final long window = confirmed(accountId) - kept(accountId);
        final long open = next(accountId) - confirmed(accountId);
        in.check("kept nonce", past >= 0, kept(accountId));
        in.check(
                "confirmed nonce",
                0 <= window && window <= limits.reorgWindow(),
                confirmed(accountId));
        in.check(
                "next nonce",
                0 <= open
                        && window + open <= limits.unconfirmedPerAccount() + limits.reorgWindow()
                        && Long.compareUnsigned(next(accountId), first[accountId]) >= 0,
                next(accountId));
    }
}
