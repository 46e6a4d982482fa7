package io.nelumbo.statemachine.ledger;

import static io.nelumbo.statemachine.ledger.LedgerLimits.MAX_ADDRESS_BYTES;
import static io.nelumbo.statemachine.ledger.LedgerLimits.MAX_SIGNED_BYTES;
import static io.nelumbo.statemachine.ledger.LedgerLimits.MAX_SUBSTITUTIONS;
import static io.nelumbo.statemachine.ledger.LedgerLimits.MAX_TEXT_BYTES;
import static io.nelumbo.statemachine.ledger.LedgerLimits.UNUSABLE_NONCE;
import static java.lang.Long.compareUnsigned;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.EventReader;
import io.nelumbo.journal.sbe.AccountOpenedDecoder;
import io.nelumbo.journal.sbe.ClusterVersionRaisedDecoder;
import io.nelumbo.journal.sbe.EpochOpenedDecoder;
import io.nelumbo.journal.sbe.LaneHaltedDecoder;
import io.nelumbo.journal.sbe.LaneResumedDecoder;
import io.nelumbo.journal.sbe.MessageDisplacedDecoder;
import io.nelumbo.journal.sbe.MessageReplacedDecoder;
import io.nelumbo.journal.sbe.MessageSequencedDecoder;
import io.nelumbo.journal.sbe.NonceConfirmedDecoder;
import io.nelumbo.journal.sbe.NonceFilledDecoder;
import io.nelumbo.journal.sbe.NonceReorgedDecoder;
import io.nelumbo.journal.sbe.RequestIdsExpiredDecoder;

/**
 * Owned by the applying thread. The first pass over a batch: decides whether it is applied, and
 * changes nothing. Each event is judged by the state that the events before it would leave. The
 * first objection decides; without one there is no garbage per message. DESIGN §3: I1, I2, I4, I6,
 * I9.
 */
final class BatchValidator implements EventReader {

    private final LedgerState state;
    private final TentativeState after;
    private final Objection objection = new Objection();
    private final BatchPrefetch prefetch;
    private int events;
    private long epoch;
    private boolean opensEpoch;

    /** Sequence of the event that is judged. */
    private long sequence;

    BatchValidator(final LedgerState state) {
        this.state = state;
        after = new TentativeState(state);
        prefetch = new BatchPrefetch(state);
    }

    /** {@code Applied} if the batch is to be applied: nothing has been changed yet. */
    ApplyOutcome validate(final long raftTerm, final BatchDecoder batch) {
        events = batch.count();
        epoch = batch.epoch();
        sequence = batch.firstSequence();
        opensEpoch = false;
        objection.begin();
        after.begin(events);
        if (passesFence(raftTerm, batch)) {
            prefetch.glanceAt(batch);
            batch.forEach(this);
        }
        if (!opensEpoch) {
            require(epoch == state.epoch, "the ledger's epoch", state.epoch, epoch);
        }
        return objection.outcome();
    }

    /** Whether the batch validated last changes messages that the ledger holds. */
    boolean changesHeldMessages() {
        return !after.slots.isUntouched();
    }

    /** I6, as far as the batch's header tells. Only a batch of one event can open an epoch. */
    private boolean passesFence(final long raftTerm, final BatchDecoder batch) {
        final boolean mayOpen = epoch > state.epoch && events == 1;
        return require(epoch == raftTerm, "the Raft entry's term as epoch", raftTerm, epoch)
                && require(
                        epoch == state.epoch || mayOpen, "the ledger's epoch", state.epoch, epoch)
                && require(
                        sequence == state.nextSequence,
                        "the ledger's next sequence",
                        state.nextSequence,
                        sequence)
                && require(
                        batch.timestampNs() > state.lastTimestampNs,
                        "a timestamp above",
                        state.lastTimestampNs,
                        batch.timestampNs());
    }

    @Override
    public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {
        opensEpoch =
                begins(sequence)
                        && require(events == 1, "EpochOpened alone in a batch of", 1, events)
                        && require(
                                event.term() == epoch,
                                "its batch's epoch as term",
                                epoch,
                                event.term())
                        && require(
                                event.term() > state.epoch,
                                "a term above the epoch",
                                state.epoch,
                                event.term())
                        && requireText(event.leaderLength());
    }

    @Override
    public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {
        final int accounts = after.accounts.count();
        final int limit = state.limits.accounts();
        if (begins(sequence)
                && require(event.accountId() == accounts, "account id", accounts, event.accountId())
                && require(accounts < limit, "fewer accounts than", limit, accounts)
                && requireBytes(1, event.addressLength(), MAX_ADDRESS_BYTES)) {
            openAccount(event);
        }
    }

    private void openAccount(final AccountOpenedDecoder event) {
        final byte chainCode = (byte) event.chainRaw();
        final byte[] address = new byte[event.addressLength()];
        event.getAddress(address, 0, address.length);
        if (require(!after.hasAddress(chainCode, address), "accounts with the address", 0, 1)) {
            after.open(chainCode, address, event.firstNonce());
        }
    }

    @Override
    public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
        if (!begins(sequence, event.accountId())) {
            return;
        }
        final int accountId = (int) event.accountId();
        final long high = event.requestIdHigh();
        final long low = event.requestIdLow();
        final long next = after.accounts.next(accountId);
        final int limit = state.limits.requestIds();
        if (require(event.nonce() == next, "the next nonce", next, event.nonce())
                && requireRoom(accountId)
                && require(after.requestIds() < limit, "fewer request ids than", limit, limit)
                && require(!after.isKnown(high, low), "messages with the request id", 0, 1)
                && requireBytes(1, event.signedBytesLength(), MAX_SIGNED_BYTES)) {
            after.sequence(accountId, high, low, sequence);
        }
    }

    @Override
    public void onMessageReplaced(final long sequence, final MessageReplacedDecoder event) {
        if (!begins(sequence, event.accountId())) {
            return;
        }
        final int accountId = (int) event.accountId();
        final long nonce = event.nonce();
        if (requireSubstitutable(accountId, nonce)
                && require(!after.slots.isFilled(accountId, nonce), "fillings of nonce", 0, 1)
                && requireBytes(1, event.skipSignedBytes(), MAX_SIGNED_BYTES)
                && requireText(event.reasonLength())) {
            after.slots.substitute(accountId, nonce, false);
        }
    }

    @Override
    public void onNonceFilled(final long sequence, final NonceFilledDecoder event) {
        if (!begins(sequence, event.accountId())) {
            return;
        }
        final int accountId = (int) event.accountId();
        final long nonce = event.nonce();
        if (requireSubstitutable(accountId, nonce)
                && requireBytes(1, event.skipSignedBytes(), MAX_SIGNED_BYTES)
                && requireText(event.reasonLength())) {
            after.slots.substitute(accountId, nonce, true);
        }
    }

    @Override
    public void onNonceConfirmed(final long sequence, final NonceConfirmedDecoder event) {
        if (!begins(sequence, event.accountId())) {
            return;
        }
        final int accountId = (int) event.accountId();
        final long upTo = event.upToNonce();
        final long confirmed = after.accounts.confirmed(accountId);
        final long next = after.accounts.next(accountId);
        if (require(compareUnsigned(upTo, confirmed) > 0, "a confirmation above", confirmed, upTo)
                && require(compareUnsigned(upTo, next) <= 0, "a confirmation up to", next, upTo)) {
            after.accounts.confirm(accountId, upTo);
        }
    }

    @Override
    public void onMessageDisplaced(final long sequence, final MessageDisplacedDecoder event) {
        if (!begins(sequence, event.accountId())) {
            return;
        }
        final int accountId = (int) event.accountId();
        final long nonce = event.nonce();
        final long next = after.accounts.next(accountId);
        if (nonce == next && requireRoom(accountId)) {
            after.accounts.advance(accountId);
            after.slots.displace(accountId, nonce);
        } else if (nonce != next && requirePending(accountId, nonce)) {
            after.slots.displace(accountId, nonce);
        }
    }

    @Override
    public void onNonceReorged(final long sequence, final NonceReorgedDecoder event) {
        if (!begins(sequence, event.accountId())) {
            return;
        }
        final int accountId = (int) event.accountId();
        final long downTo = event.downToNonce();
        final long confirmed = after.accounts.confirmed(accountId);
        final long kept = after.accounts.kept(accountId);
        if (require(compareUnsigned(downTo, confirmed) < 0, "a nonce below", confirmed, downTo)
                && require(compareUnsigned(downTo, kept) >= 0, "at least nonce", kept, downTo)) {
            after.accounts.reorganise(accountId, downTo);
        }
    }

    @Override
    public void onLaneHalted(final long sequence, final LaneHaltedDecoder event) {
        if (begins(sequence, event.accountId())
                && requireHalted((int) event.accountId(), false)
                && requireText(event.reasonLength())) {
            after.accounts.halt((int) event.accountId(), true);
        }
    }

    @Override
    public void onLaneResumed(final long sequence, final LaneResumedDecoder event) {
        if (begins(sequence, event.accountId())
                && requireHalted((int) event.accountId(), true)
                && requireText(event.reasonLength())) {
            after.accounts.halt((int) event.accountId(), false);
        }
    }

    @Override
    public void onRequestIdsExpired(final long sequence, final RequestIdsExpiredDecoder event) {
        final long before = event.beforeSequence();
        final long expired = after.expiredBefore;
        if (begins(sequence)
                && require(before > expired, "an expiry above", expired, before)
                && require(before <= sequence, "an expiry up to", sequence, before)) {
            after.expiredBefore = before;
        }
    }

    @Override
    public void onClusterVersionRaised(
            final long sequence, final ClusterVersionRaisedDecoder event) {
        final long version = event.clusterVersion();
        final int current = after.clusterVersion;
        if (!begins(sequence) || !require(version > current, "a version above", current, version)) {
            return;
        }
        if (version > state.limits.supportedClusterVersion()) {
            objection.unsupported(state.limits.supportedClusterVersion(), version);
        } else {
            after.clusterVersion = (int) version;
        }
    }

    private boolean begins(final long sequence) {
        this.sequence = sequence;
        return objection.isNone();
    }

    private boolean begins(final long sequence, final long accountId) {
        return begins(sequence)
                && require(
                        after.hasAccount(accountId),
                        "an account below",
                        after.accounts.count(),
                        accountId);
    }

    private boolean requireRoom(final int accountId) {
        final int perAccount = state.limits.unconfirmedPerAccount();
        final int overall = state.limits.unconfirmed();
        final long open = after.open(accountId);
        final long next = after.accounts.next(accountId);
        return require(open < perAccount, "fewer open nonces than", perAccount, open)
                && require(
                        after.unconfirmed() < overall,
                        "fewer unconfirmed messages than",
                        overall,
                        after.unconfirmed())
                && require(next != UNUSABLE_NONCE, "a nonce below", UNUSABLE_NONCE, next);
    }

    private boolean requirePending(final int accountId, final long nonce) {
        return require(
                after.isPending(accountId, nonce),
                "a message that is neither confirmed nor displaced, of account",
                accountId,
                nonce);
    }

    private boolean requireSubstitutable(final int accountId, final long nonce) {
        return requirePending(accountId, nonce)
                && require(
                        after.slots.substitutions(accountId, nonce) < MAX_SUBSTITUTIONS,
                        "fewer substitutions than",
                        MAX_SUBSTITUTIONS,
                        MAX_SUBSTITUTIONS);
    }

    private boolean requireHalted(final int accountId, final boolean isHalted) {
        return require(
                after.accounts.isHalted(accountId) == isHalted,
                isHalted ? "a halted lane of account" : "a running lane of account",
                accountId,
                accountId);
    }

    private boolean requireText(final int bytes) {
        return requireBytes(0, bytes, MAX_TEXT_BYTES);
    }

    private boolean requireBytes(final int min, final int bytes, final int max) {
        return require(bytes >= min, "bytes at least", min, bytes)
                && require(bytes <= max, "bytes at most", max, bytes);
    }

    private boolean require(
            final boolean holds, final String rule, final long expected, final long was) {
        return objection.require(holds, rule, expected, was, sequence);
    }
}
