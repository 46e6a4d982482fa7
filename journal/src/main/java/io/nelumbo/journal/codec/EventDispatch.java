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
import org.agrona.DirectBuffer;

/**
 * Hands one checked event to its method of an {@link EventReader}. Owned by one thread: the
 * flyweights are reused, so that reading makes no garbage.
 */
final class EventDispatch {

    private final EpochOpenedDecoder epochOpened = new EpochOpenedDecoder();
    private final AccountOpenedDecoder accountOpened = new AccountOpenedDecoder();
    private final MessageSequencedDecoder messageSequenced = new MessageSequencedDecoder();
    private final MessageReplacedDecoder messageReplaced = new MessageReplacedDecoder();
    private final NonceFilledDecoder nonceFilled = new NonceFilledDecoder();
    private final NonceConfirmedDecoder nonceConfirmed = new NonceConfirmedDecoder();
    private final MessageDisplacedDecoder messageDisplaced = new MessageDisplacedDecoder();
    private final NonceReorgedDecoder nonceReorged = new NonceReorgedDecoder();
    private final LaneHaltedDecoder laneHalted = new LaneHaltedDecoder();
    private final LaneResumedDecoder laneResumed = new LaneResumedDecoder();
    private final RequestIdsExpiredDecoder requestIdsExpired = new RequestIdsExpiredDecoder();
    private final ClusterVersionRaisedDecoder clusterVersionRaised =
            new ClusterVersionRaisedDecoder();

    /** Reads the event whose messageHeader begins at {@code offset}; its frame was checked. */
    void dispatch(
            final DirectBuffer buffer,
            final int offset,
            final long sequence,
            final EventReader reader) {
        final int templateId = BatchFrame.templateId(buffer, offset);
        final int body = offset + BatchFrame.MESSAGE_HEADER_BYTES;
        final int version = BatchFrame.SCHEMA_VERSION;
        switch (templateId) {
            case EpochOpenedDecoder.TEMPLATE_ID ->
                    reader.onEpochOpened(
                            sequence,
                            epochOpened.wrap(
                                    buffer, body, EpochOpenedDecoder.BLOCK_LENGTH, version));
            case AccountOpenedDecoder.TEMPLATE_ID ->
                    reader.onAccountOpened(
                            sequence,
                            accountOpened.wrap(
                                    buffer, body, AccountOpenedDecoder.BLOCK_LENGTH, version));
            case MessageSequencedDecoder.TEMPLATE_ID ->
                    reader.onMessageSequenced(
                            sequence,
                            messageSequenced.wrap(
                                    buffer, body, MessageSequencedDecoder.BLOCK_LENGTH, version));
            case MessageReplacedDecoder.TEMPLATE_ID ->
                    reader.onMessageReplaced(
                            sequence,
                            messageReplaced.wrap(
                                    buffer, body, MessageReplacedDecoder.BLOCK_LENGTH, version));
            case NonceFilledDecoder.TEMPLATE_ID ->
                    reader.onNonceFilled(
                            sequence,
                            nonceFilled.wrap(
                                    buffer, body, NonceFilledDecoder.BLOCK_LENGTH, version));
            case NonceConfirmedDecoder.TEMPLATE_ID ->
                    reader.onNonceConfirmed(
                            sequence,
                            nonceConfirmed.wrap(
                                    buffer, body, NonceConfirmedDecoder.BLOCK_LENGTH, version));
            case MessageDisplacedDecoder.TEMPLATE_ID ->
                    reader.onMessageDisplaced(
                            sequence,
                            messageDisplaced.wrap(
                                    buffer, body, MessageDisplacedDecoder.BLOCK_LENGTH, version));
            case NonceReorgedDecoder.TEMPLATE_ID ->
                    reader.onNonceReorged(
                            sequence,
                            nonceReorged.wrap(
                                    buffer, body, NonceReorgedDecoder.BLOCK_LENGTH, version));
            case LaneHaltedDecoder.TEMPLATE_ID ->
                    reader.onLaneHalted(
                            sequence,
                            laneHalted.wrap(buffer, body, LaneHaltedDecoder.BLOCK_LENGTH, version));
            case LaneResumedDecoder.TEMPLATE_ID ->
                    reader.onLaneResumed(
                            sequence,
                            laneResumed.wrap(
                                    buffer, body, LaneResumedDecoder.BLOCK_LENGTH, version));
            case RequestIdsExpiredDecoder.TEMPLATE_ID ->
                    reader.onRequestIdsExpired(
                            sequence,
                            requestIdsExpired.wrap(
                                    buffer, body, RequestIdsExpiredDecoder.BLOCK_LENGTH, version));
            case ClusterVersionRaisedDecoder.TEMPLATE_ID ->
                    reader.onClusterVersionRaised(
                            sequence,
                            clusterVersionRaised.wrap(
                                    buffer,
                                    body,
                                    ClusterVersionRaisedDecoder.BLOCK_LENGTH,
                                    version));
            default ->
                    throw new UnknownEvent("expected a known event but was template " + templateId);
        }
    }
}
