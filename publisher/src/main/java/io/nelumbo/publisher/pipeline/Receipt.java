package io.nelumbo.publisher.pipeline;

/**
 * What a client gets for a message that is committed: fsynced by a majority (I5).
 *
 * @param hash the message's hash on its chain
 * @param signedBytes the message exactly as it is pushed
 */
public record Receipt(
        int accountId, long nonce, long sequence, long epoch, byte[] hash, byte[] signedBytes) {}
