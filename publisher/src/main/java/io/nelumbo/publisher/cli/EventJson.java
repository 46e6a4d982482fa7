package io.nelumbo.publisher.cli;

import static io.nelumbo.publisher.cli.JournalCommands.hex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import java.util.Base64;

/**
 * Events as JSON objects: field names as the event's, hashes and ids in hex, signed bytes in
 * base64, nonces as decimal text because they are unsigned. Stateless.
 */
final class EventJson implements Event.Visitor<ObjectNode> {
    static final EventJson INSTANCE = new EventJson();

    private EventJson() {}

    @Override
    public ObjectNode epochOpened(final Event.EpochOpened event) {
        return named("EpochOpened").put("term", event.term()).put("leader", event.leader());
    }

    @Override
    public ObjectNode accountOpened(final Event.AccountOpened event) {
        return of("AccountOpened", event.accountId())
                .put("chain", event.chain().name())
                .put("address", address(event.chain(), event.address()))
                .put("firstNonce", nonce(event.firstNonce()));
    }

    @Override
    public ObjectNode messageSequenced(final Event.MessageSequenced event) {
        return of("MessageSequenced", event.accountId())
                .put("nonce", nonce(event.nonce()))
                .put("requestId", event.requestId().toString())
                .put("requestHash", hex(event.requestHash()))
                .put("principal", hex(event.principal()))
                .put("signerKeyId", hex(event.signerKeyId()))
                .put("hash", hex(event.hash()))
                .put("signedBytes", base64(event.signedBytes()));
    }

    @Override
    public ObjectNode messageReplaced(final Event.MessageReplaced event) {
        return of("MessageReplaced", event.accountId())
                .put("nonce", nonce(event.nonce()))
                .put("reason", event.reason())
                .put("hash", hex(event.hash()))
                .put("signedBytes", base64(event.signedBytes()));
    }

    @Override
    public ObjectNode nonceFilled(final Event.NonceFilled event) {
        return of("NonceFilled", event.accountId())
                .put("nonce", nonce(event.nonce()))
                .put("reason", event.reason())
                .put("hash", hex(event.hash()))
                .put("signedBytes", base64(event.signedBytes()));
    }

    @Override
    public ObjectNode nonceConfirmed(final Event.NonceConfirmed event) {
        return of("NonceConfirmed", event.accountId())
                .put("upToNonce", nonce(event.upToNonce()))
                .put("height", event.height());
    }

    @Override
    public ObjectNode messageDisplaced(final Event.MessageDisplaced event) {
        return of("MessageDisplaced", event.accountId())
                .put("nonce", nonce(event.nonce()))
                .put("foreignHash", hex(event.foreignHash()));
    }

    @Override
    public ObjectNode nonceReorged(final Event.NonceReorged event) {
        return of("NonceReorged", event.accountId()).put("downToNonce", nonce(event.downToNonce()));
    }

    @Override
    public ObjectNode laneHalted(final Event.LaneHalted event) {
        return of("LaneHalted", event.accountId()).put("reason", event.reason());
    }

    @Override
    public ObjectNode laneResumed(final Event.LaneResumed event) {
        return of("LaneResumed", event.accountId()).put("reason", event.reason());
    }

    @Override
    public ObjectNode requestIdsExpired(final Event.RequestIdsExpired event) {
        return named("RequestIdsExpired").put("beforeSequence", event.beforeSequence());
    }

    @Override
    public ObjectNode clusterVersionRaised(final Event.ClusterVersionRaised event) {
        return named("ClusterVersionRaised").put("version", event.version());
    }

    /** An account's address as its chain writes it. */
    static String address(final ChainKind chain, final byte[] bytes) {
        return switch (chain) {
            case FILECOIN -> new FilecoinAddress(bytes).toString();
            case ETHEREUM -> "0x" + hex(bytes);
        };
    }

    static String nonce(final long nonce) {
        return Long.toUnsignedString(nonce);
    }

    private static ObjectNode named(final String name) {
        return Session.object().put("event", name);
    }

    private static ObjectNode of(final String name, final int accountId) {
        return named(name).put("accountId", accountId);
    }

    private static String base64(final byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
