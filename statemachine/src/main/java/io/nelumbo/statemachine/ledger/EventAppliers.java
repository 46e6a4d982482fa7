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
 * Owned by the applying thread. The second pass over a batch: hands each event to its applier. It
 * runs only after {@link BatchValidator} has found nothing to object, so appliers trust what they
 * read; whatever one throws is a broken invariant.
 */
final class EventAppliers implements EventReader {

    private final LedgerState state;
    private final EpochOpenedApplier epochOpened;
    private final AccountOpenedApplier accountOpened;
    private final MessageSequencedApplier messageSequenced;
    private final MessageReplacedApplier messageReplaced;
    private final NonceFilledApplier nonceFilled;
    private final NonceConfirmedApplier nonceConfirmed;
    private final MessageDisplacedApplier messageDisplaced;
    private final NonceReorgedApplier nonceReorged;
    private final LaneHaltedApplier laneHalted;
    private final LaneResumedApplier laneResumed;
    private final RequestIdsExpiredApplier requestIdsExpired;
    private final ClusterVersionRaisedApplier clusterVersionRaised;

    EventAppliers(final LedgerState state) {
        this.state = state;
        epochOpened = new EpochOpenedApplier(state);
        accountOpened = new AccountOpenedApplier(state);
        messageSequenced = new MessageSequencedApplier(state);
        messageReplaced = new MessageReplacedApplier(state);
        nonceFilled = new NonceFilledApplier(state);
        nonceConfirmed = new NonceConfirmedApplier(state);
        messageDisplaced = new MessageDisplacedApplier(state);
        nonceReorged = new NonceReorgedApplier(state);
        laneHalted = new LaneHaltedApplier(state);
        laneResumed = new LaneResumedApplier(state);
        requestIdsExpired = new RequestIdsExpiredApplier(state);
        clusterVersionRaised = new ClusterVersionRaisedApplier(state);
    }

    /** Applies a batch that was validated against this very state. */
    void apply(final BatchDecoder batch) {
        if (batch.epoch() == state.epoch) {
            // Not where an epoch opens: that jump is two clocks' difference, not time that passed.
            state.ageNs += batch.timestampNs() - state.lastTimestampNs;
        }
        state.marks.note(state.ageNs, batch.firstSequence());
        batch.forEach(this);
        state.nextSequence = batch.firstSequence() + batch.count();
        state.lastTimestampNs = batch.timestampNs();
    }

    @Override
    public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {
        epochOpened.apply(event);
    }

    @Override
    public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {
        accountOpened.apply(event);
    }

    @Override
    public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
        messageSequenced.apply(sequence, event);
    }

    @Override
    public void onMessageReplaced(final long sequence, final MessageReplacedDecoder event) {
        messageReplaced.apply(sequence, event);
    }

    @Override
    public void onNonceFilled(final long sequence, final NonceFilledDecoder event) {
        nonceFilled.apply(sequence, event);
    }

    @Override
    public void onNonceConfirmed(final long sequence, final NonceConfirmedDecoder event) {
        nonceConfirmed.apply(event);
    }

    @Override
    public void onMessageDisplaced(final long sequence, final MessageDisplacedDecoder event) {
        messageDisplaced.apply(event);
    }

    @Override
    public void onNonceReorged(final long sequence, final NonceReorgedDecoder event) {
        nonceReorged.apply(event);
    }

    @Override
    public void onLaneHalted(final long sequence, final LaneHaltedDecoder event) {
        laneHalted.apply(event);
    }

    @Override
    public void onLaneResumed(final long sequence, final LaneResumedDecoder event) {
        laneResumed.apply(event);
    }

    @Override
    public void onRequestIdsExpired(final long sequence, final RequestIdsExpiredDecoder event) {
        requestIdsExpired.apply(event);
    }

    @Override
    public void onClusterVersionRaised(
            final long sequence, final ClusterVersionRaisedDecoder event) {
        clusterVersionRaised.apply(event);
    }
}
