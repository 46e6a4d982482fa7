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

/**
 * Receives the events of a batch in order, as flyweights over the batch's own bytes: no garbage. A
 * decoder is valid only during the call. A new event breaks every reader's build.
 */
public interface EventReader {
    void onEpochOpened(long sequence, EpochOpenedDecoder event);

    void onAccountOpened(long sequence, AccountOpenedDecoder event);

    void onMessageSequenced(long sequence, MessageSequencedDecoder event);

    void onMessageReplaced(long sequence, MessageReplacedDecoder event);

    void onNonceFilled(long sequence, NonceFilledDecoder event);

    void onNonceConfirmed(long sequence, NonceConfirmedDecoder event);

    void onMessageDisplaced(long sequence, MessageDisplacedDecoder event);

    void onNonceReorged(long sequence, NonceReorgedDecoder event);

    void onLaneHalted(long sequence, LaneHaltedDecoder event);

    void onLaneResumed(long sequence, LaneResumedDecoder event);

    void onRequestIdsExpired(long sequence, RequestIdsExpiredDecoder event);

    void onClusterVersionRaised(long sequence, ClusterVersionRaisedDecoder event);
}
