package io.nelumbo.journal.codec;

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

/** Hears everything and does nothing; tests override what they are about. */
class IgnoringEventReader implements EventReader {

    @Override
    public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {}

    @Override
    public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {}

    @Override
    public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {}

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
