package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.RequestId;
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
import java.util.ArrayList;
import java.util.List;

/** Reads events into records, for tools and tests. Owned by one thread. */
final class EventRecords implements EventReader {

    private final List<Event> events = new ArrayList<>();

    List<Event> events() {
        return events;
    }

    @Override
    public void onEpochOpened(final long sequence, final EpochOpenedDecoder event) {
        events.add(new Event.EpochOpened(event.term(), event.leader()));
    }

    @Override
    public void onAccountOpened(final long sequence, final AccountOpenedDecoder event) {
        final byte[] address = new byte[event.addressLength()];
        event.getAddress(address, 0, address.length);
        events.add(
                new Event.AccountOpened(
                        (int) event.accountId(),
                        ChainCode.fromWire(event.chain()),
                        address,
                        event.firstNonce()));
    }

    @Override
    public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
        final byte[] requestHash = new byte[FieldCheck.HASH_BYTES];
        event.getRequestHash(requestHash, 0, FieldCheck.HASH_BYTES);
        final byte[] principal = new byte[FieldCheck.DIGEST_PREFIX_BYTES];
        event.getPrincipal(principal, 0, FieldCheck.DIGEST_PREFIX_BYTES);
        final byte[] signerKeyId = new byte[FieldCheck.DIGEST_PREFIX_BYTES];
        event.getSignerKeyId(signerKeyId, 0, FieldCheck.DIGEST_PREFIX_BYTES);
        final byte[] signedBytes = new byte[event.signedBytesLength()];
        event.getSignedBytes(signedBytes, 0, signedBytes.length);
        final byte[] hash = new byte[FieldCheck.HASH_BYTES];
        event.getHash(hash, 0, FieldCheck.HASH_BYTES);
        events.add(
                new Event.MessageSequenced(
                        (int) event.accountId(),
                        event.nonce(),
                        new RequestId(event.requestIdHigh(), event.requestIdLow()),
                        requestHash,
                        principal,
                        signerKeyId,
                        signedBytes,
                        hash));
    }

    @Override
    public void onMessageReplaced(final long sequence, final MessageReplacedDecoder event) {
        final byte[] signedBytes = new byte[event.signedBytesLength()];
        event.getSignedBytes(signedBytes, 0, signedBytes.length);
        final byte[] hash = new byte[FieldCheck.HASH_BYTES];
        event.getHash(hash, 0, FieldCheck.HASH_BYTES);
        events.add(
                new Event.MessageReplaced(
                        (int) event.accountId(), event.nonce(), signedBytes, hash, event.reason()));
    }

    @Override
    public void onNonceFilled(final long sequence, final NonceFilledDecoder event) {
        final byte[] signedBytes = new byte[event.signedBytesLength()];
        event.getSignedBytes(signedBytes, 0, signedBytes.length);
        final byte[] hash = new byte[FieldCheck.HASH_BYTES];
        event.getHash(hash, 0, FieldCheck.HASH_BYTES);
        events.add(
                new Event.NonceFilled(
                        (int) event.accountId(), event.nonce(), signedBytes, hash, event.reason()));
    }

    @Override
    public void onNonceConfirmed(final long sequence, final NonceConfirmedDecoder event) {
        events.add(
                new Event.NonceConfirmed(
                        (int) event.accountId(), event.upToNonce(), event.height()));
    }

    @Override
    public void onMessageDisplaced(final long sequence, final MessageDisplacedDecoder event) {
        final byte[] foreignHash = new byte[FieldCheck.HASH_BYTES];
        event.getForeignHash(foreignHash, 0, FieldCheck.HASH_BYTES);
        events.add(new Event.MessageDisplaced((int) event.accountId(), event.nonce(), foreignHash));
    }

    @Override
    public void onNonceReorged(final long sequence, final NonceReorgedDecoder event) {
        events.add(new Event.NonceReorged((int) event.accountId(), event.downToNonce()));
    }

    @Override
    public void onLaneHalted(final long sequence, final LaneHaltedDecoder event) {
        events.add(new Event.LaneHalted((int) event.accountId(), event.reason()));
    }

    @Override
    public void onLaneResumed(final long sequence, final LaneResumedDecoder event) {
        events.add(new Event.LaneResumed((int) event.accountId(), event.reason()));
    }

    @Override
    public void onRequestIdsExpired(final long sequence, final RequestIdsExpiredDecoder event) {
        events.add(new Event.RequestIdsExpired(event.beforeSequence()));
    }

    @Override
    public void onClusterVersionRaised(
            final long sequence, final ClusterVersionRaisedDecoder event) {
        events.add(new Event.ClusterVersionRaised((int) event.clusterVersion()));
    }
}
