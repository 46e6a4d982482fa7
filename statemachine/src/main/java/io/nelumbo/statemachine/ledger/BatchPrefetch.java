package io.nelumbo.statemachine.ledger;

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
 * Owned by the applying thread. A glance at a batch before its first pass: asks for the places of
 * its request ids, and for those of its accounts, all at once, which makes them wait for memory
 * together and not one after the other. It judges nothing and changes nothing; without it every
 * outcome is the same.
 */
final class BatchPrefetch implements EventReader {

    private final RequestIds requestIds;
    private final Outbox outbox;
    private int[] hashes = new int[64];
    private long[] accountIds = new long[64];
    private int count;

    BatchPrefetch(final LedgerState state) {
        requestIds = state.requestIds;
        outbox = state.outbox;
    }

    void glanceAt(final BatchDecoder batch) {
        if (hashes.length < batch.count()) {
            hashes = new int[Math.max(batch.count(), 2 * hashes.length)];
            accountIds = new long[hashes.length];
        }
        count = 0;
        batch.forEach(this);
        requestIds.prefetch(hashes, count);
        outbox.prefetch(accountIds, count);
    }

    @Override
    public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
        hashes[count] = RequestIds.hash(event.requestIdHigh(), event.requestIdLow());
        accountIds[count] = event.accountId();
        count++;
    }

    @Override
    public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {}

    @Override
    public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {}

    @Override
    public void onMessageReplaced(final long sequence, final MessageReplacedDecoder event) {}

    @Override
    public void onNonceFilled(final long sequence, final NonceFilledDecoder event) {}

    @Override
    public void onNonceConfirmed(final long sequence, final NonceConfirmedDecoder event) {}

    @Override
    public void onMessageDisplaced(final long sequence, final MessageDisplacedDecoder event) {}

    @Override
    public void onNonceReorged(final long sequence, final NonceReorgedDecoder event) {}

    @Override
    public void onLaneHalted(final long sequence, final LaneHaltedDecoder event) {}

    @Override
    public void onLaneResumed(final long sequence, final LaneResumedDecoder event) {}

    @Override
    public void onRequestIdsExpired(final long sequence, final RequestIdsExpiredDecoder event) {}

    @Override
    public void onClusterVersionRaised(
            final long sequence, final ClusterVersionRaisedDecoder event) {}
}
