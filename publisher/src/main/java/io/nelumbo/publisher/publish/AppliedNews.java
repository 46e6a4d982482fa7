package io.nelumbo.publisher.publish;

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
 * Filled by the applying thread, emptied by the thread {@code publisher}: which accounts have news
 * in the ledger. Only that; what the news is, the ledger itself tells.
 */
final class AppliedNews implements EventReader {

    private final AccountFlags touched = new AccountFlags();
    private final AccountFlags rewritten = new AccountFlags();

    /** Accounts of which anything changed. */
    AccountFlags touched() {
        return touched;
    }

    /** Accounts of which a nonce has other bytes than before. */
    AccountFlags rewritten() {
        return rewritten;
    }

    @Override
    public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {
        touched.raise((int) event.accountId());
    }

    @Override
    public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
        touched.raise((int) event.accountId());
    }

    @Override
    public void onMessageReplaced(final long sequence, final MessageReplacedDecoder event) {
        rewritten.raise((int) event.accountId());
    }

    @Override
    public void onNonceFilled(final long sequence, final NonceFilledDecoder event) {
        rewritten.raise((int) event.accountId());
    }

    @Override
    public void onNonceConfirmed(final long sequence, final NonceConfirmedDecoder event) {
        touched.raise((int) event.accountId());
    }

    @Override
    public void onMessageDisplaced(final long sequence, final MessageDisplacedDecoder event) {
        touched.raise((int) event.accountId());
    }

    @Override
    public void onNonceReorged(final long sequence, final NonceReorgedDecoder event) {
        touched.raise((int) event.accountId());
    }

    @Override
    public void onLaneHalted(final long sequence, final LaneHaltedDecoder event) {
        touched.raise((int) event.accountId());
    }

    @Override
    public void onLaneResumed(final long sequence, final LaneResumedDecoder event) {
        touched.raise((int) event.accountId());
    }

    /** No lane's business. */
    @Override
    public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {}

    /** No lane's business. */
    @Override
    public void onRequestIdsExpired(final long sequence, final RequestIdsExpiredDecoder event) {}

    /** No lane's business. */
    @Override
    public void onClusterVersionRaised(
            final long sequence, final ClusterVersionRaisedDecoder event) {}
}
