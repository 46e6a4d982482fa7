package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.sbe.AccountOpenedEncoder;
import io.nelumbo.journal.sbe.ClusterVersionRaisedEncoder;
import io.nelumbo.journal.sbe.EpochOpenedEncoder;
import io.nelumbo.journal.sbe.LaneHaltedEncoder;
import io.nelumbo.journal.sbe.LaneResumedEncoder;
import io.nelumbo.journal.sbe.MessageDisplacedEncoder;
import io.nelumbo.journal.sbe.MessageHeaderEncoder;
import io.nelumbo.journal.sbe.MessageReplacedEncoder;
import io.nelumbo.journal.sbe.MessageSequencedEncoder;
import io.nelumbo.journal.sbe.NonceConfirmedEncoder;
import io.nelumbo.journal.sbe.NonceFilledEncoder;
import io.nelumbo.journal.sbe.NonceReorgedEncoder;
import io.nelumbo.journal.sbe.RequestIdsExpiredEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes one event, messageHeader first, to a buffer of its own that grows as needed; each method
 * returns the encoded length. For rare events: it makes garbage. Owned by one thread.
 */
final class EventEncoder implements Event.Visitor<Integer> {

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    /** Where the last event stands, from 0. */
    DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public Integer epochOpened(final Event.EpochOpened event) {
        final byte[] leader = event.leader().getBytes(StandardCharsets.UTF_8);
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new EpochOpenedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .term(event.term())
                        .putLeader(FieldCheck.variable(leader), 0, leader.length)
                        .encodedLength();
    }

    @Override
    public Integer accountOpened(final Event.AccountOpened event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new AccountOpenedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .chain(ChainCode.toWire(event.chain()))
                        .firstNonce(event.firstNonce())
                        .putAddress(FieldCheck.variable(event.address()), 0, event.address().length)
                        .encodedLength();
    }

    @Override
    public Integer messageSequenced(final Event.MessageSequenced event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new MessageSequencedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .nonce(event.nonce())
                        .requestIdHigh(event.requestId().high())
                        .requestIdLow(event.requestId().low())
                        .putRequestHash(
                                FieldCheck.hash(event.requestHash()), 0, FieldCheck.HASH_BYTES)
                        .putPrincipal(
                                FieldCheck.digestPrefix(event.principal()),
                                0,
                                FieldCheck.DIGEST_PREFIX_BYTES)
                        .putSignerKeyId(
                                FieldCheck.digestPrefix(event.signerKeyId()),
                                0,
                                FieldCheck.DIGEST_PREFIX_BYTES)
                        .putHash(FieldCheck.hash(event.hash()), 0, FieldCheck.HASH_BYTES)
                        .putSignedBytes(
                                FieldCheck.variable(event.signedBytes()),
                                0,
                                event.signedBytes().length)
                        .encodedLength();
    }

    @Override
    public Integer messageReplaced(final Event.MessageReplaced event) {
        final byte[] reason = event.reason().getBytes(StandardCharsets.UTF_8);
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new MessageReplacedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .nonce(event.nonce())
                        .putHash(FieldCheck.hash(event.hash()), 0, FieldCheck.HASH_BYTES)
                        .putSignedBytes(
                                FieldCheck.variable(event.signedBytes()),
                                0,
                                event.signedBytes().length)
                        .putReason(FieldCheck.variable(reason), 0, reason.length)
                        .encodedLength();
    }

    @Override
    public Integer nonceFilled(final Event.NonceFilled event) {
        final byte[] reason = event.reason().getBytes(StandardCharsets.UTF_8);
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new NonceFilledEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .nonce(event.nonce())
                        .putHash(FieldCheck.hash(event.hash()), 0, FieldCheck.HASH_BYTES)
                        .putSignedBytes(
                                FieldCheck.variable(event.signedBytes()),
                                0,
                                event.signedBytes().length)
                        .putReason(FieldCheck.variable(reason), 0, reason.length)
                        .encodedLength();
    }

    @Override
    public Integer nonceConfirmed(final Event.NonceConfirmed event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new NonceConfirmedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .upToNonce(event.upToNonce())
                        .height(event.height())
                        .encodedLength();
    }

    @Override
    public Integer messageDisplaced(final Event.MessageDisplaced event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new MessageDisplacedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .nonce(event.nonce())
                        .putForeignHash(
                                FieldCheck.hash(event.foreignHash()), 0, FieldCheck.HASH_BYTES)
                        .encodedLength();
    }

    @Override
    public Integer nonceReorged(final Event.NonceReorged event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new NonceReorgedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .downToNonce(event.downToNonce())
                        .encodedLength();
    }

    @Override
    public Integer laneHalted(final Event.LaneHalted event) {
        final byte[] reason = event.reason().getBytes(StandardCharsets.UTF_8);
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new LaneHaltedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .putReason(FieldCheck.variable(reason), 0, reason.length)
                        .encodedLength();
    }

    @Override
    public Integer laneResumed(final Event.LaneResumed event) {
        final byte[] reason = event.reason().getBytes(StandardCharsets.UTF_8);
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new LaneResumedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .accountId(FieldCheck.accountId(event.accountId()))
                        .putReason(FieldCheck.variable(reason), 0, reason.length)
                        .encodedLength();
    }

    @Override
    public Integer requestIdsExpired(final Event.RequestIdsExpired event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new RequestIdsExpiredEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .beforeSequence(event.beforeSequence())
                        .encodedLength();
    }

    @Override
    public Integer clusterVersionRaised(final Event.ClusterVersionRaised event) {
        return BatchFrame.MESSAGE_HEADER_BYTES
                + new ClusterVersionRaisedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clusterVersion(FieldCheck.version(event.version()))
                        .encodedLength();
    }
}
