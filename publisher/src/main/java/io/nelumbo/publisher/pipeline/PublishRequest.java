package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Draft;

/**
 * A client's message, ready for a nonce.
 *
 * @param accountId the ledger's number of the draft's sender
 * @param requestHash SHA-256 (32 bytes) of the message as the client sent it
 * @param principal 8 bytes that say who asked
 */
public record PublishRequest(
        RequestId requestId, byte[] requestHash, byte[] principal, int accountId, Draft draft) {}
