package io.nelumbo.statemachine.ledger;

import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Written by the applying thread only, under the ledger's lock. The messages of all accounts that
 * are not confirmed, and the last confirmed ones of each, which a reorganisation may revive.
 *
 * <p>It moves the nonces in {@link Accounts}, and trusts its callers: what they ask for has been
 * validated.
 */
final class Outbox {

    /** Fewer accounts stay in the cache by themselves. */
    private static final int WORTH_PREFETCHING = 1024;

    private final Accounts accounts;
    private final BlockArena arena;
    private final LedgerLimits limits;

    /** Null for an account that never had a message. */
    private @Nullable AccountOutbox[] slots = new AccountOutbox[16];

    /** Of each account that holds slots: where the record of its kept nonce begins. */
    private long[] firstRecords = new long[slots.length];

    /** What prefetching read, so that no compiler leaves it out; means nothing. */
    @SuppressWarnings("UnusedVariable")
    private long prefetched;

    private long unconfirmedMessages;
    private long heldSlots;
    private long bytes;

    Outbox(final Accounts accounts, final BlockArena arena, final LedgerLimits limits) {
        this.limits = limits;
        this.accounts = accounts;
        this.arena = arena;
    }

    /** Messages that are committed and neither confirmed nor displaced. */
    long unconfirmedMessages() {
        return unconfirmedMessages;
    }

    /** Signed bytes that are held and not displaced, confirmed or not. */
    long bytes() {
        return bytes;
    }

    /** Adds the message that has the account's next nonce. */
    void add(
            final int accountId,
            final long sequence,
            final DirectBuffer hash,
            final DirectBuffer signedBytes) {
        final long nonce = accounts.next(accountId);
        final AccountOutbox account = slotsToFill(accountId);
        account.add(accounts.kept(accountId), nonce, sequence, hash, signedBytes);
        added(accountId, nonce, account);
        accounts.next(accountId, nonce + 1);
        unconfirmedMessages++;
        bytes += signedBytes.capacity();
    }

    /**
     * Brings what adding messages will touch into the cache. With many accounts no cache holds it,
     * and a message would wait for memory at each step of the way there; looks of a whole batch at
     * the same step wait together.
     *
     * @param accountIds not validated yet
     */
    void prefetch(final long[] accountIds, final int count) {
        final int known = Math.min(accounts.count(), slots.length);
        if (known < WORTH_PREFETCHING) {
            return;
        }
        long seen = 0;
        for (int n = 0; n < count; n++) {
            final int accountId = (int) Math.min(accountIds[n], known - 1);
            seen += accounts.next(accountId) + (slots[accountId] == null ? 0 : 1);
        }
        for (int n = 0; n < count; n++) {
            final AccountOutbox account = slots[(int) Math.min(accountIds[n], known - 1)];
            seen += account == null ? 0 : account.end();
        }
        for (int n = 0; n < count; n++) {
            final int accountId = (int) Math.min(accountIds[n], known - 1);
            final AccountOutbox account = slots[accountId];
            seen += account == null ? 0 : account.prefetch(accounts.next(accountId));
        }
        prefetched = seen;
    }

    /** Gives an unconfirmed message other bytes. */
    void substitute(
            final int accountId,
            final long nonce,
            final long sequence,
            final DirectBuffer hash,
            final byte[] signedBytes) {
        final AccountOutbox account = slots(accountId);
        bytes += signedBytes.length - account.length(nonce);
        account.substitute(nonce, sequence, hash, signedBytes);
    }

    /** Marks a message whose bytes were substituted as a self-send. */
    void fill(final int accountId, final long nonce) {
        slots(accountId).fill(nonce);
    }

    /** Ends a nonce as displaced: one of ours that is unconfirmed, or the account's next. */
    void displace(final int accountId, final long nonce) {
        if (nonce == accounts.next(accountId)) {
            final AccountOutbox account = slotsToFill(accountId);
            account.addDisplaced(accounts.kept(accountId), nonce);
            added(accountId, nonce, account);
            accounts.next(accountId, nonce + 1);
        } else {
            final AccountOutbox account = slots(accountId);
            bytes -= account.length(nonce);
            account.displace(nonce);
            unconfirmedMessages--;
        }
    }

    /** Moves the confirmed nonce up, and forgets what falls out of the reorganisation window. */
    void confirm(final int accountId, final long upToNonce) {
        final AccountOutbox account = slots(accountId);
        unconfirmedMessages -= messages(account, accounts.confirmed(accountId), upToNonce);
        accounts.confirmed(accountId, upToNonce);
        final long kept = accounts.kept(accountId);
        final long newKept = limits.keptAfterConfirming(kept, upToNonce);
        for (long nonce = kept; nonce != newKept; nonce++) {
            bytes -= account.length(nonce);
        }
        heldSlots -= newKept - kept;
        account.release(newKept, accounts.next(accountId));
        accounts.kept(accountId, newKept);
        if (newKept != accounts.next(accountId)) {
            firstRecords[accountId] = account.record(newKept);
        }
    }

    private void added(final int accountId, final long nonce, final AccountOutbox account) {
        heldSlots++;
        if (nonce == accounts.kept(accountId)) {
            firstRecords[accountId] = account.record(nonce);
        }
    }

    /** Moves the confirmed nonce down: what lies above is pending again. */
    void reorganise(final int accountId, final long downToNonce) {
        unconfirmedMessages +=
                messages(slots(accountId), downToNonce, accounts.confirmed(accountId));
        accounts.confirmed(accountId, downToNonce);
    }

    boolean isHeld(final int accountId, final long nonce) {
        return accountId < accounts.count()
                && Long.compareUnsigned(nonce, accounts.kept(accountId)) >= 0
                && Long.compareUnsigned(nonce, accounts.next(accountId)) < 0;
    }

    /** {@link AccountOutbox#DISPLACED} and {@link AccountOutbox#FILLED} of a held nonce. */
    int flags(final int accountId, final long nonce) {
        return slots(accountId).flags(nonce);
    }

    /** How often a held nonce was given other bytes. */
    int substitutions(final int accountId, final long nonce) {
        return slots(accountId).substitutions(nonce);
    }

    /** A copy of a message, or null if the slot is not held or was displaced. */
    @Nullable OutboxMessage message(final int accountId, final long nonce) {
        return isHeld(accountId, nonce) && !slots(accountId).isDisplaced(nonce)
                ? slots(accountId).message(nonce)
                : null;
    }

    /** Copies of unconfirmed messages, ascending; see {@link LedgerView#unconfirmed}. */
    List<OutboxMessage> unconfirmed(
            final int accountId, final long fromNonce, final int maxMessages, final int maxBytes) {
        final List<OutboxMessage> messages = new ArrayList<>();
        final long next = accounts.next(accountId);
        final long confirmed = accounts.confirmed(accountId);
        long room = maxBytes;
        long nonce = Long.compareUnsigned(fromNonce, confirmed) < 0 ? confirmed : fromNonce;
        while (messages.size() < maxMessages && Long.compareUnsigned(nonce, next) < 0) {
            final AccountOutbox account = slots(accountId);
            room -= account.length(nonce);
            if (room < 0 && !messages.isEmpty()) {
                break;
            }
            if (!account.isDisplaced(nonce)) {
                messages.add(account.message(nonce));
            }
            nonce++;
        }
        return messages;
    }

    /**
     * The messages that are held now, for writing them on any thread as long as the arena is held
     * and no slot is changed: records are written once, and only a substitution, a filling or a
     * displacement touches one again.
     *
     * @param frozenAccounts of the same moment
     */
    Outbox frozen(final Accounts frozenAccounts) {
        final Outbox frozen = new Outbox(frozenAccounts, arena, limits);
        frozen.slots = slots;
        frozen.firstRecords = firstRecords.clone();
        return frozen;
    }

    /** About what {@link #writeTo} writes. */
    long writtenBytes() {
        return bytes + heldSlots * AccountOutbox.WRITTEN_HEAD_BYTES;
    }

    void writeTo(final StateWriter out) {
        for (int accountId = 0; accountId < accounts.count(); accountId++) {
            final long kept = accounts.kept(accountId);
            final long next = accounts.next(accountId);
            if (kept != next) {
                slots(accountId).writeSlots(firstRecords[accountId], kept, next, out);
            }
        }
    }

    void readFrom(final StateReader in, final long nextSequence) {
        for (int accountId = 0; accountId < accounts.count(); accountId++) {
            final long kept = accounts.kept(accountId);
            final long next = accounts.next(accountId);
            for (long nonce = kept; nonce != next; nonce++) {
                final AccountOutbox account = slotsToFill(accountId);
                account.readSlot(kept, nonce, nextSequence, in);
                added(accountId, nonce, account);
                bytes += slots(accountId).length(nonce);
            }
            if (kept != next) {
                unconfirmedMessages +=
                        messages(slots(accountId), accounts.confirmed(accountId), next);
            }
        }
    }

    private static long messages(final AccountOutbox account, final long from, final long to) {
        long messages = 0;
        for (long nonce = from; nonce != to; nonce++) {
            messages += account.isDisplaced(nonce) ? 0 : 1;
        }
        return messages;
    }

    /** The slots of an account that holds at least one. */
    private AccountOutbox slots(final int accountId) {
        final AccountOutbox account = accountId < slots.length ? slots[accountId] : null;
        if (account == null) {
            throw new IllegalStateException("expected slots of account " + accountId);
        }
        return account;
    }

    private AccountOutbox slotsToFill(final int accountId) {
        if (accountId >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(accountId + 1, slots.length * 2));
            firstRecords = Arrays.copyOf(firstRecords, slots.length);
        }
        AccountOutbox account = slots[accountId];
        if (account == null) {
            account = new AccountOutbox(arena);
            slots[accountId] = account;
        }
        return account;
    }
}
