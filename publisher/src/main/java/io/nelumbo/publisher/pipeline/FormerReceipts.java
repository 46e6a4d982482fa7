package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request id that the ledger knows with the receipt that its first caller got (I4). Any
 * thread but the stages'.
 *
 * <p>The outbox comes first: it is in memory, and until the message is confirmed long ago, or was
 * replaced or filled, it holds the very bytes of the receipt. Only then is the journal read, on a
 * thread of its own with a bounded queue, so that a storm of old retries holds up each other and
 * nobody's new receipt (I10).
 */
final class FormerReceipts {

    /** What a receipt says that comes from the outbox, which does not keep the epoch. */
    static final long UNKNOWN_EPOCH = 0;

    private final LedgerView ledger;
    private final LongFunction<byte @Nullable []> journaledBatch;
    private final BiConsumer<String, Throwable> fault;
    private final Executor journalReads;
    private final Answers answers;

    /**
     * @param journalReads where the disk is read; refuses what is beyond its bound
     */
    FormerReceipts(final PipelinePorts ports, final Executor journalReads) {
        this.journalReads = journalReads;
        answers = new Answers(ports.receipts());
        ledger = ports.ledger();
        journaledBatch = ports.journaledBatch();
        fault = ports.fault();
    }

    static PublishOutcome reused(final PublishRequest request) {
        return new PublishOutcome.RequestIdReused(
                "request id "
                        + request.requestId()
                        + " was used with another message; send that one again, or take a new id");
    }

    /** Settles a request whose id the ledger knows; at once, or when the journal was read. */
    void settle(final PendingRequest pending) {
        final PublishRequest request = pending.request();
        final LedgerView.Answered answered = ledger.answered(request.requestId());
        if (answered == null) {
            pending.unknown(
                    "request id " + request.requestId() + " expired while it was asked for");
        } else if (!Arrays.equals(answered.requestHash(), request.requestHash())) {
            pending.settle(reused(request));
        } else {
            final Receipt receipt = inOutbox(answered);
            if (receipt == null) {
                readJournal(pending, answered);
            } else {
                pending.settle(new PublishOutcome.Published(receipt));
            }
        }
    }

    private void readJournal(final PendingRequest pending, final LedgerView.Answered answered) {
        try {
            journalReads.execute(() -> answers.settle(pending, fromJournal(pending, answered)));
        } catch (final RejectedExecutionException full) {
            pending.unknown(
                    "committed at sequence "
                            + answered.sequence()
                            + ", but more former receipts are asked for than the journal is read"
                            + " for at one time");
        }
    }

    /** A journal that cannot be read is a fault. */
    private PublishOutcome fromJournal(
            final PendingRequest pending, final LedgerView.Answered answered) {
        try {
            final Receipt receipt = journaled(answered);
            return receipt == null
                    ? new PublishOutcome.OutcomeUnknown(
                            "committed at sequence "
                                    + answered.sequence()
                                    + ", which this node's journal does not hold yet")
                    : new PublishOutcome.Published(receipt);
        } catch (final RuntimeException e) {
            fault.accept("the receipt of request id " + pending.id() + " could not be read", e);
            return new PublishOutcome.OutcomeUnknown("its receipt could not be read: " + e);
        }
    }

    private @Nullable Receipt journaled(final LedgerView.Answered answered) {
        final byte[] bytes = journaledBatch.apply(answered.sequence());
        if (bytes == null) {
            return null;
        }
        final EventBatch batch =
                new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length).toEventBatch();
        final Event event = batch.events().get((int) (answered.sequence() - batch.firstSequence()));
        if (!(event instanceof Event.MessageSequenced message)) {
            throw new IllegalStateException(
                    "expected a message at sequence "
                            + answered.sequence()
                            + " of the journal but was "
                            + event.getClass().getSimpleName());
        }
        return new Receipt(
                message.accountId(),
                message.nonce(),
                answered.sequence(),
                batch.epoch(),
                message.hash(),
                message.signedBytes());
    }

    private @Nullable Receipt inOutbox(final LedgerView.Answered answered) {
        final LedgerView.OutboxMessage message =
                ledger.message(answered.accountId(), answered.nonce());
        if (message == null || message.sequence() != answered.sequence()) {
            return null;
        }
        return new Receipt(
                answered.accountId(),
                answered.nonce(),
                answered.sequence(),
                UNKNOWN_EPOCH,
                message.hash(),
                message.signedBytes());
    }
}
