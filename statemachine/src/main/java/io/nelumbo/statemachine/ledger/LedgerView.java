package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The read side of the ledger. Safe for any thread while batches are applied: each call sees a
 * whole number of batches, two calls may see different ones. A call waits, at most, until the batch
 * that is being applied has taken effect. Nonces are unsigned. What is returned is a copy.
 *
 * <p>Methods with an account id throw IndexOutOfBoundsException for an id that was never opened.
 */
public interface LedgerView {

    /** The epoch of the last {@code EpochOpened}, 0 before the first. */
    long epoch();

    /** Sequence that the next event gets. */
    long nextSequence();

    /** Timestamp of the last applied batch, 0 before the first. */
    long lastTimestampNs();

    /**
     * The ledger's age: the time that its leaders have counted, in nanoseconds. It is the sum of
     * what the timestamps advanced within epochs; what they jump where an epoch opens is not in it,
     * because there two machines' clocks meet. So between two events it never says more than has
     * really passed, whatever any node's clock says; less, by the time that nobody led.
     */
    long ageNs();

    /** Highest event version that may appear in the log; 1 until it is raised. */
    int clusterVersion();

    /** Accounts opened so far; their ids are {@code 0..accountCount-1}. */
    int accountCount();

    /** The id of an account, or -1 if it was never opened. */
    int accountId(ChainKind chain, byte[] address);

    /** What is known of an account. */
    Account account(int accountId);

    /** Only the account's next nonce; no garbage. */
    long nextNonce(int accountId);

    /**
     * The lowest {@code downToNonce} that a {@code NonceReorged} of the account may have: up to
     * 1024 below its first unconfirmed nonce. A reorganisation below it halts the lane instead.
     */
    long reorgFloor(int accountId);

    /**
     * The current bytes of a message, from {@link #reorgFloor} to before {@link #nextNonce}. Null
     * outside that range, and for a nonce that was displaced.
     */
    @Nullable OutboxMessage message(int accountId, long nonce);

    /**
     * The unconfirmed messages of an account from a nonce on, ascending, without the displaced: for
     * building a lane anew. Go on from the last one's nonce plus 1 until the list is empty.
     *
     * @param fromNonce where to begin; below the first unconfirmed nonce means there
     * @param maxMessages at most this many
     * @param maxBytes at most this many signed bytes, but at least one message if there is one
     */
    List<OutboxMessage> unconfirmed(int accountId, long fromNonce, int maxMessages, int maxBytes);

    /** What a request id was answered with, or null if it is unknown or expired (I4). */
    @Nullable Answered answered(RequestId requestId);

    /** Whether a request id is known; no garbage. */
    boolean isAnswered(long requestIdHigh, long requestIdLow);

    /**
     * Known request ids whose message has this sequence or a higher one, ascending. Go on from the
     * last one's sequence plus 1 until the list is empty.
     */
    List<AnsweredRequest> answeredFrom(long sequence, int maxRequests);

    /** Known request ids. */
    int requestIdCount();

    /** Request ids of messages below this sequence have expired; 0 before the first expiry. */
    long requestIdsExpiredBefore();

    /**
     * Sequence of the oldest event after the ledger was that old ({@link #ageNs}), for expiring
     * request ids; rounded down to the ledger's sparse marks, so that what follows from it is never
     * too early.
     */
    long firstSequenceAfter(long ageNs);

    /** Messages that are committed and neither confirmed nor displaced, over all accounts. */
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
     * @param sequence of the event that gave the nonce these bytes; equal to {@link
     *     Answered#sequence} exactly if they are the ones that the client's receipt carries
     * @param signedBytes as it is pushed
     * @param hash its hash on the chain
     * @param formerHashes hashes that this nonce had before it was replaced or filled, oldest first
     * @param filled whether a self-send took the place of what the client asked for
     */
    record OutboxMessage(
            long nonce,
            long sequence,
            byte[] signedBytes,
            byte[] hash,
            List<byte[]> formerHashes,
            boolean filled) {}

    /**
     * What a request id was answered with.
     *
     * @param sequence of the {@code MessageSequenced}: the journal has the receipt's bytes there
     * @param requestHash SHA-256 of the message as the client sent it
     */
    record Answered(int accountId, long nonce, long sequence, byte[] requestHash) {}

    /** A known request id and its answer. */
    record AnsweredRequest(RequestId requestId, Answered answered) {}
}
