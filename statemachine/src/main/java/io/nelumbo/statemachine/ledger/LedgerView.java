package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * The read side of the ledger. Safe for any thread while batches are applied: each call sees a
 * whole number of batches, two calls may see different ones. Nonces are unsigned.
 */
public interface LedgerView {

    /** The epoch of the last {@code EpochOpened}, 0 before the first. */
    long epoch();

    /** Sequence that the next event gets. */
    long nextSequence();

    /** Timestamp of the last applied batch, 0 before the first. */
    long lastTimestampNs();

    /** Accounts opened so far; their ids are {@code 0..accountCount-1}. */
    int accountCount();

    /** The id of an account, or -1 if it was never opened. */
    int accountId(ChainKind chain, byte[] address);

    /** What is known of an account; throws IndexOutOfBoundsException for an id never opened. */
    Account account(int accountId);

    /** Only the account's next nonce; no garbage. */
    long nextNonce(int accountId);

    /**
     * The current bytes of an unconfirmed (or recently confirmed) message, or null when the ledger
     * does not hold them any more.
     */
    @Nullable OutboxMessage message(int accountId, long nonce);

    /** What a request id was answered with, or null if it is unknown or expired (I4). */
    @Nullable Answered answered(RequestId requestId);

    /** Whether a request id is known; no garbage. */
    boolean isAnswered(long requestIdHigh, long requestIdLow);

    /** Sequence of the oldest event after a time, for expiring request ids. */
    long firstSequenceAfter(long timestampNs);

    /** Messages that are committed and not confirmed, over all accounts. */
    long unconfirmedMessages();

    /** Bytes of messages that the outbox holds, over all accounts. */
    long outboxBytes();

    /**
     * An account.
     *
     * @param nextNonce nonce of its next message
     * @param confirmedNonce first nonce that the chain has not confirmed
     * @param haltReason why its lane is halted, or null if it is not
     */
    record Account(
            int id,
            ChainKind chain,
            byte[] address,
            long firstNonce,
            long nextNonce,
            long confirmedNonce,
            @Nullable String haltReason) {}

    /**
     * A message in the outbox.
     *
     * @param signedBytes as it is pushed
     * @param hash its hash on the chain
     * @param formerHashes hashes that this nonce had before it was replaced or filled
     * @param filled whether a self-send took the place of what the client asked for
     */
    record OutboxMessage(
            long nonce,
            long sequence,
            byte[] signedBytes,
            byte[] hash,
            java.util.List<byte[]> formerHashes,
            boolean filled) {}

    /** What a request id was answered with. */
    record Answered(int accountId, long nonce, long sequence, byte[] requestHash) {}
}
