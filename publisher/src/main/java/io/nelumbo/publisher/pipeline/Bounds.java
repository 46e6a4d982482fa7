package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerLimits;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounds at which new requests are turned away before they cost a nonce (I10). Immutable; read
 * by the sequencer.
 */
record Bounds(
        LedgerView ledger,
        long maxUnconfirmedMessages,
        long maxOutboxBytes,
        BooleanSupplier diskHasRoom) {

    /** A ring drains in milliseconds. */
    static final PublishOutcome.Overloaded RING_FULL = new PublishOutcome.Overloaded("ring", 10);

    private static final PublishOutcome.Overloaded IN_FLIGHT_FULL =
            new PublishOutcome.Overloaded("requests in flight", 50);

    /** Those who wait for it may get their receipt: nobody may be told that there is none. */
    static final PublishOutcome.OutcomeUnknown TOO_MANY_JOINED =
            new PublishOutcome.OutcomeUnknown("too many callers wait for this request id");

    /** The chain confirms in seconds at best. */
    private static final PublishOutcome.Overloaded OUTBOX_FULL =
            new PublishOutcome.Overloaded("unconfirmed messages", 1000);

    static final PublishOutcome.Overloaded ACCOUNT_FULL =
            new PublishOutcome.Overloaded("unconfirmed messages of the account", 1000);

    private static final PublishOutcome.Overloaded REQUEST_IDS_FULL =
            new PublishOutcome.Overloaded("request ids", 10_000);

    private static final PublishOutcome.Overloaded OUTBOX_BYTES_FULL =
            new PublishOutcome.Overloaded("outbox bytes", 1000);

    /** Disks are made larger, or emptied, by people. */
    private static final PublishOutcome.Overloaded DISK_FULL =
            new PublishOutcome.Overloaded("disk", 10_000);

    /**
     * The bound that one more message would break, or null.
     *
     * @param inFlight sequenced and perhaps not yet counted by the ledger
     */
    PublishOutcome.@Nullable Overloaded reached(final InFlightRequests inFlight) {
        if (!inFlight.hasRoom()) {
            return IN_FLIGHT_FULL;
        }
        if (ledger.unconfirmedMessages() + inFlight.size() >= maxUnconfirmedMessages) {
            return OUTBOX_FULL;
        }
        if (ledger.requestIdCount() + inFlight.size() >= LedgerLimits.CLUSTER.requestIds()) {
            return REQUEST_IDS_FULL;
        }
        if (ledger.outboxBytes() >= maxOutboxBytes) {
            return OUTBOX_BYTES_FULL;
        }
        return diskHasRoom.getAsBoolean() ? null : DISK_FULL;
    }
}
