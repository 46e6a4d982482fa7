package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.List;

/**
 * Owned by the thread {@code publisher}: how far a lane has pushed, between what the chain has
 * confirmed and what the ledger of this node has applied (I3), and within the window (I10).
 */
final class LanePosition {

    private final LedgerView ledger;
    private final PublishOptions.Pushing limits;
    private Account account;
    private long cursor;

    LanePosition(
            final Account account, final LedgerView ledger, final PublishOptions.Pushing limits) {
        this.ledger = ledger;
        this.limits = limits;
        this.account = account;
        this.cursor = account.confirmedNonce();
    }

    /**
     * Takes over what the ledger says now. Returns false if the lane must begin again at the first
     * unconfirmed nonce: confirmations were undone, or the lane was resumed.
     */
    boolean refresh() {
        final Account before = account;
        account = ledger.account(before.id());
        cursor = NonceOrder.within(cursor, account.confirmedNonce(), account.nextNonce());
        final boolean undone =
                NonceOrder.isBelow(account.confirmedNonce(), before.confirmedNonce());
        return !undone && (before.haltReason() == null || account.haltReason() != null);
    }

    /** As the ledger said at the last refresh. */
    Account account() {
        return account;
    }

    /** The first nonce that was not pushed in this pass. */
    long cursor() {
        return cursor;
    }

    /** Whether there is something that the lane may work on. */
    boolean isLive() {
        return account.haltReason() == null && account.confirmedNonce() != account.nextNonce();
    }

    boolean hasRoom() {
        return NonceOrder.isBelow(cursor, limit());
    }

    /** What to push next: ascending, within the window and the bounds of one push. */
    List<OutboxMessage> nextMessages() {
        if (!hasRoom()) {
            return List.of();
        }
        final long limit = limit();
        return ledger
                .unconfirmed(account.id(), cursor, limits.maxPushMessages(), limits.maxPushBytes())
                .stream()
                .filter(message -> NonceOrder.isBelow(message.nonce(), limit))
                .toList();
    }

    /** Begins again at the first unconfirmed nonce. */
    void restart() {
        cursor = account.confirmedNonce();
    }

    /** Goes on at a nonce, or at the nearest one that may be pushed at all. */
    void moveTo(final long nonce) {
        cursor = NonceOrder.within(nonce, account.confirmedNonce(), account.nextNonce());
    }

    /** The first nonce that may not be pushed now. */
    private long limit() {
        final long unconfirmed = account.nextNonce() - account.confirmedNonce();
        return account.confirmedNonce() + NonceOrder.lower(unconfirmed, limits.windowMessages());
    }
}
