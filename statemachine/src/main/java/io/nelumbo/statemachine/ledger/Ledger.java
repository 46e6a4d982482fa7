package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.RequestId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changed by the one applying thread; read by any thread. The replicated state: the same batches in
 * the same order make the same ledger on every node (I8). DESIGN §3.
 *
 * <p>A batch is validated without a lock, because nobody else changes anything, and then applied
 * under the write lock. So a reader never sees half a batch, and waits for one at most. When the
 * applying thread changes (an engine restarts it), the new one must start after the old one ended.
 *
 * <p>In memory: about 60 bytes and its own for each message held, about 95 for each request id;
 * both in recycled blocks ({@link BlockArena}). The bounds are in {@link LedgerLimits}.
 */
public final class Ledger implements LedgerView {

    private final StampedLock lock = new StampedLock();
    private LedgerState state;
    private BatchValidator validator;
    private EventAppliers appliers;

    /** What is being written of this state while more is applied; only the applying thread. */
    private @Nullable FrozenLedger frozen;

    /** False while a batch is half applied; for good, if that failed. */
    private boolean isWhole = true;

    /** An empty ledger: no account, epoch 0, next sequence 0. */
    public Ledger() {
        this(LedgerLimits.CLUSTER);
    }

    /** For tests that reach the bounds. */
    Ledger(final LedgerLimits limits) {
        this(limits, BlockArena.MAX_WAITING_BLOCKS);
    }

    /** Likewise; of the memory that a frozen ledger may hold back, too. */
    Ledger(final LedgerLimits limits, final int maxWaitingBlocks) {
        this(new LedgerState(limits, new BlockArena(maxWaitingBlocks)));
    }

    private Ledger(final LedgerState state) {
        this.state = state;
        validator = new BatchValidator(state);
        appliers = new EventAppliers(state);
    }

    /**
     * A ledger of its own from what {@link #writeTo} wrote. Verify the bytes' checksum too before
     * {@link #adopt adopting} it.
     *
     * @throws InvalidState if the bytes are not a ledger that this version can hold
     */
    public static Ledger readFrom(final StateReader in) {
        return readFrom(in, LedgerLimits.CLUSTER);
    }

    static Ledger readFrom(final StateReader in, final LedgerLimits limits) {
        return new Ledger(LedgerState.readFrom(in, limits));
    }

    /**
     * Applies a batch whole, or rejects it whole and changes nothing. Only the applying thread.
     * What it throws is a broken invariant or exhausted memory; the ledger then refuses every call,
     * and the process must halt (I11).
     *
     * @param raftTerm term of the Raft entry that carries the batch
     */
    public ApplyOutcome apply(final long raftTerm, final BatchDecoder batch) {
        requireWhole();
        final ApplyOutcome outcome = validator.validate(raftTerm, batch);
        if (outcome instanceof ApplyOutcome.Applied) {
            followFrozen();
            final long stamp = lock.writeLock();
            try {
                isWhole = false;
                appliers.apply(batch);
                isWhole = true;
            } finally {
                lock.unlockWrite(stamp);
            }
        }
        return outcome;
    }

    /** Before a batch is applied: what a frozen ledger still reads must not change under it. */
    private void followFrozen() {
        final FrozenLedger beingWritten = frozen;
        if (beingWritten != null) {
            if (validator.changesHeldMessages() || state.arena.isHeldTooLong()) {
                beingWritten.awaitClosed();
            }
            if (beingWritten.isClosed()) {
                letGo();
            }
        }
        state.arena.catchUp();
    }

    private void letGo() {
        frozen = null;
        state.arena.letGo();
    }

    /**
     * The ledger as it is now, to be written on another thread while this one applies more. Takes
     * as long as copying 32 bytes for each account. Only the applying thread, and one at a time:
     * waits for the one before to be closed.
     */
    public FrozenLedger freeze() {
        requireWhole();
        if (frozen != null) {
            frozen.awaitClosed();
        }
        state.arena.hold();
        final FrozenLedger taken = new FrozenLedger(state.frozen());
        frozen = taken;
        return taken;
    }

    /**
     * Takes over the state of a loaded ledger, which must not be used after. Only the applying
     * thread. Readers see the old state or the new one, never a mixture.
     */
    public void adopt(final Ledger loaded) {
        final LedgerState adopted = loaded.requireWhole();
        loaded.isWhole = false;
        // What is frozen keeps the state that is given up here, and nobody changes that any more.
        frozen = null;
        final long stamp = lock.writeLock();
        try {
            state = adopted;
            validator = new BatchValidator(adopted);
            appliers = new EventAppliers(adopted);
            isWhole = true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Writes the whole state. Nothing is applied meanwhile; readers go on. */
    public void writeTo(final StateWriter out) {
        final long stamp = lock.readLock();
        try {
            requireWhole().frozen().writeTo(out);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** About how many bytes {@link #writeTo} writes; counts nothing, so it costs nothing. */
    public long writtenBytes() {
        return number(LedgerState::writtenBytes);
    }

    /** Bytes of blocks that were taken from the heap, used or not. */
    long reservedBytes() {
        return number(s -> s.arena.reservedBytes());
    }

    /** SHA-256 of what {@link #writeTo} writes: equal exactly if the ledgers are. Reads it all. */
    public byte[] digest() {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            writeTo(new StateWriter(sha256::update));
            return sha256.digest();
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java runtime", e);
        }
    }

    @Override
    public long epoch() {
        return scalar(s -> s.epoch);
    }

    @Override
    public long nextSequence() {
        return scalar(s -> s.nextSequence);
    }

    @Override
    public long lastTimestampNs() {
        return scalar(s -> s.lastTimestampNs);
    }

    @Override
    public long ageNs() {
        return scalar(s -> s.ageNs);
    }

    @Override
    public int clusterVersion() {
        return (int) scalar(s -> s.clusterVersion);
    }

    @Override
    public int accountCount() {
        return (int) number(s -> s.accounts.count());
    }

    @Override
    public int accountId(final ChainKind chain, final byte[] address) {
        return copy(s -> s.accounts.idOf(ChainCodes.codeOf(chain), address));
    }

    @Override
    public Account account(final int accountId) {
        return copy(s -> s.accounts.account(accountId));
    }

    @Override
    public long nextNonce(final int accountId) {
        final long stamp = lock.readLock();
        try {
            final Accounts accounts = requireWhole().accounts;
            return accounts.next(accounts.checked(accountId));
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public long reorgFloor(final int accountId) {
        return number(s -> s.accounts.kept(s.accounts.checked(accountId)));
    }

    @Override
    public @Nullable OutboxMessage message(final int accountId, final long nonce) {
        final long stamp = lock.readLock();
        try {
            final LedgerState whole = requireWhole();
            return whole.outbox.message(whole.accounts.checked(accountId), nonce);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public List<OutboxMessage> unconfirmed(
            final int accountId, final long fromNonce, final int maxMessages, final int maxBytes) {
        return copy(
                s ->
                        s.outbox.unconfirmed(
                                s.accounts.checked(accountId), fromNonce, maxMessages, maxBytes));
    }

    @Override
    public @Nullable Answered answered(final RequestId requestId) {
        final long stamp = lock.readLock();
        try {
            return requireWhole().requestIds.answered(requestId);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public boolean isAnswered(final long requestIdHigh, final long requestIdLow) {
        final long stamp = lock.readLock();
        try {
            return requireWhole().requestIds.isKnown(requestIdHigh, requestIdLow, 0);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public List<AnsweredRequest> answeredFrom(final long sequence, final int maxRequests) {
        return copy(s -> s.requestIds.answeredFrom(sequence, maxRequests));
    }

    @Override
    public int requestIdCount() {
        return (int) scalar(s -> s.requestIds.count());
    }

    @Override
    public long requestIdsExpiredBefore() {
        return scalar(s -> s.requestIds.expiredBefore());
    }

    @Override
    public long firstSequenceAfter(final long ageNs) {
        return number(s -> s.marks.firstSequenceAfter(ageNs));
    }

    @Override
    public long unconfirmedMessages() {
        return scalar(s -> s.outbox.unconfirmedMessages());
    }

    @Override
    public long outboxBytes() {
        return scalar(s -> s.outbox.bytes());
    }

    /**
     * A number that stands in one field. The sequencer asks for several with each message, so it
     * looks without the lock first: if a batch came in between, what it saw is not used.
     */
    private long scalar(final ToLongFunction<LedgerState> field) {
        final long stamp = lock.tryOptimisticRead();
        if (stamp != 0 && isWhole) {
            final long seen = field.applyAsLong(state);
            if (lock.validate(stamp)) {
                return seen;
            }
        }
        return number(field);
    }

    private long number(final ToLongFunction<LedgerState> field) {
        final long stamp = lock.readLock();
        try {
            return field.applyAsLong(requireWhole());
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private <T> T copy(final Function<LedgerState, T> part) {
        final long stamp = lock.readLock();
        try {
            return part.apply(requireWhole());
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private LedgerState requireWhole() {
        if (!isWhole) {
            throw new IllegalStateException(
                    "expected a whole ledger but a batch was left half applied, or another ledger"
                            + " has adopted this one; halt the process");
        }
        return state;
    }
}
