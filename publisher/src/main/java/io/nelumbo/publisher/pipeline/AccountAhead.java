package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerLimits;
import io.nelumbo.statemachine.ledger.LedgerView;

/**
 * An account as the ledger will have it once everything is applied that was packed in this epoch.
 * Owned by the replicator thread. Nonces are unsigned.
 */
final class AccountAhead {

    private static final long NEVER = -1;

    private long nextNonce;
    private long confirmedNonce;
    private boolean halted;
    private long outboxChangedAt = NEVER;

    AccountAhead(final LedgerView.Account account) {
        nextNonce = account.nextNonce();
        confirmedNonce = account.confirmedNonce();
        halted = account.haltReason() != null;
    }

    long nextNonce() {
        return nextNonce;
    }

    long confirmedNonce() {
        return confirmedNonce;
    }

    boolean isHalted() {
        return halted;
    }

    /** Whether the ledger lets another nonce of this account wait for confirmation. */
    boolean hasRoom() {
        return nextNonce != LedgerLimits.UNUSABLE_NONCE
                && nextNonce - confirmedNonce < LedgerLimits.CLUSTER.unconfirmedPerAccount();
    }

    /**
     * Whether the ledger's outbox of this account is still to be changed by an event other than a
     * new message: until it is applied, nothing in there can be judged.
     */
    boolean awaitsOutboxChange(final long ledgerNextSequence) {
        return outboxChangedAt >= ledgerNextSequence;
    }

    void nonceUsed() {
        nextNonce++;
    }

    void confirmedUpTo(final long nonce, final long sequence) {
        confirmedNonce = nonce;
        outboxChangedAt = sequence;
    }

    void outboxChanged(final long sequence) {
        outboxChangedAt = sequence;
    }

    void halted(final boolean now) {
        halted = now;
    }
}
