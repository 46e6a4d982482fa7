package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request id that the ledger knows with the receipt that its first caller got (I4). Any
 * thread but the pipeline's own: it may read the disk.
 *
 * <p>The journal comes first, because it alone still has everything that the receipt said: the
 * outbox forgets the epoch, and holds other bytes once a message was replaced or its nonce filled.
 */
final class FormerReceipts {

    /** What a receipt says where the journal lacks the record that would tell. */
    static final long UNKNOWN_EPOCH = 0;

    private final LedgerView ledger;
    private final LongFunction<byte @Nullable []> journaledBatch;
    private final BiConsumer<String, Throwable> fault;

    FormerReceipts(final PipelinePorts ports) {
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

    /** Settles a request whose id the ledger knows. A journal that cannot be read is a fault. */
    void settle(final PendingRequest pending) {
        try {
            pending.settle(answer(pending.request()));
        } catch (final RuntimeException e) {
            pending.unknown("its receipt could not be read: " + e);
            fault.accept("the receipt of request id " + pending.id() + " could not be read", e);
        }
    }

    private PublishOutcome answer(final PublishRequest request) {
        final LedgerView.Answered answered = ledger.answered(request.requestId());
        if (answered == null) {
            return new PublishOutcome.OutcomeUnknown(
                    "request id " + request.requestId() + " expired while it was asked for");
        }
        if (!Arrays.equals(answered.requestHash(), request.requestHash())) {
            return reused(request);
        }
        Receipt receipt = journaled(answered);
        if (receipt == null) {
            receipt = inOutbox(answered);
        }
        return receipt == null
                ? new PublishOutcome.OutcomeUnknown(
                        "committed at sequence "
                                + answered.sequence()
                                + ", which this node's journal does not hold yet")
                : new PublishOutcome.Published(receipt);
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
