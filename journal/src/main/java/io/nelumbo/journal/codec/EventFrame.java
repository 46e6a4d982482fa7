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
import io.nelumbo.journal.sbe.VarBytesEncoder;
import org.agrona.DirectBuffer;

/**
 * Checks that one event fills its place exactly: fixed fields, then as many variable ones as its
 * kind has, then nothing. After that the generated decoders cannot read outside. Stateless.
 */
final class EventFrame {

    private static final int VARIABLE_LENGTH_BYTES = Integer.BYTES;

    private EventFrame() {}

    /** Checks the event whose messageHeader begins at {@code offset}. */
    static void check(
            final DirectBuffer buffer, final int offset, final int length, final int position) {
        final int templateId = BatchFrame.templateId(buffer, offset);
        final int blockLength = blockLengthOf(templateId, position);
        BatchFrame.checkBlockLength(buffer, offset, position, blockLength);
        checkLayout(buffer, offset, length, position);
        checkValues(buffer, offset + BatchFrame.MESSAGE_HEADER_BYTES, templateId, position);
    }

    private static void checkLayout(
            final DirectBuffer buffer, final int offset, final int length, final int position) {
        final int templateId = BatchFrame.templateId(buffer, offset);
        int at = BatchFrame.MESSAGE_HEADER_BYTES + blockLengthOf(templateId, position);
        for (int variable = variablesOf(templateId); variable > 0; variable--) {
            final int room = length - at - VARIABLE_LENGTH_BYTES;
            if (room < 0) {
                throw doesNotFill(templateId, position, length);
            }
            final long bytes = BatchFrame.uint32(buffer, offset + at);
            if (bytes > room || bytes > VarBytesEncoder.lengthMaxValue()) {
                throw doesNotFill(templateId, position, length);
            }
            at += VARIABLE_LENGTH_BYTES + (int) bytes;
        }
        if (at != length) {
            throw doesNotFill(templateId, position, length);
        }
    }

    private static void checkValues(
            final DirectBuffer buffer, final int body, final int templateId, final int position) {
        if (startsWithUint32(templateId)) {
            final long value = BatchFrame.uint32(buffer, body);
            if (value > Integer.MAX_VALUE) {
                throw new MalformedBatch(
                        "expected an account id or version below 2^31 in the event at "
                                + position
                                + " but was "
                                + value);
            }
        }
        if (templateId == AccountOpenedDecoder.TEMPLATE_ID) {
            final byte chain = buffer.getByte(body + AccountOpenedDecoder.chainEncodingOffset());
            if (!ChainCode.isKnown(chain)) {
                throw new MalformedBatch(
                        "expected a chain kind in the event at " + position + " but was " + chain);
            }
        }
    }

    private static int blockLengthOf(final int templateId, final int position) {
        return switch (templateId) {
            case EpochOpenedDecoder.TEMPLATE_ID -> EpochOpenedDecoder.BLOCK_LENGTH;
            case AccountOpenedDecoder.TEMPLATE_ID -> AccountOpenedDecoder.BLOCK_LENGTH;
            case MessageSequencedDecoder.TEMPLATE_ID -> MessageSequencedDecoder.BLOCK_LENGTH;
            case MessageReplacedDecoder.TEMPLATE_ID -> MessageReplacedDecoder.BLOCK_LENGTH;
            case NonceFilledDecoder.TEMPLATE_ID -> NonceFilledDecoder.BLOCK_LENGTH;
            case NonceConfirmedDecoder.TEMPLATE_ID -> NonceConfirmedDecoder.BLOCK_LENGTH;
            case MessageDisplacedDecoder.TEMPLATE_ID -> MessageDisplacedDecoder.BLOCK_LENGTH;
            case NonceReorgedDecoder.TEMPLATE_ID -> NonceReorgedDecoder.BLOCK_LENGTH;
            case LaneHaltedDecoder.TEMPLATE_ID -> LaneHaltedDecoder.BLOCK_LENGTH;
            case LaneResumedDecoder.TEMPLATE_ID -> LaneResumedDecoder.BLOCK_LENGTH;
            case RequestIdsExpiredDecoder.TEMPLATE_ID -> RequestIdsExpiredDecoder.BLOCK_LENGTH;
            case ClusterVersionRaisedDecoder.TEMPLATE_ID ->
                    ClusterVersionRaisedDecoder.BLOCK_LENGTH;
            default ->
                    throw new UnknownEvent(
                            "expected a known event at "
                                    + position
                                    + " but was template "
                                    + templateId
                                    + "; upgrade this node");
        };
    }

    private static int variablesOf(final int templateId) {
        return switch (templateId) {
            case MessageReplacedDecoder.TEMPLATE_ID, NonceFilledDecoder.TEMPLATE_ID -> 2;
            case EpochOpenedDecoder.TEMPLATE_ID,
                    AccountOpenedDecoder.TEMPLATE_ID,
                    MessageSequencedDecoder.TEMPLATE_ID,
                    LaneHaltedDecoder.TEMPLATE_ID,
                    LaneResumedDecoder.TEMPLATE_ID ->
                    1;
            default -> 0;
        };
    }

    /** An account id, or the cluster version: Java reads both as int. */
    private static boolean startsWithUint32(final int templateId) {
        return templateId != EpochOpenedDecoder.TEMPLATE_ID
                && templateId != RequestIdsExpiredDecoder.TEMPLATE_ID;
    }

    private static MalformedBatch doesNotFill(
            final int templateId, final int position, final int length) {
        return new MalformedBatch(
                "expected template "
                        + templateId
                        + " at "
                        + position
                        + " to fill its "
                        + length
                        + " bytes exactly but it does not");
    }
}
