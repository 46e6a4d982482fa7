package io.nelumbo.publisher.pipeline;

/**
 * What a client gets for a message that is committed: fsynced by a majority (I5).
 *
 * @param sequence of the event that gave the message its nonce
 * @param epoch Raft term in which that was; 0 in the answer to a repeated request id that comes
 *     from memory, where epochs are not kept
 * @param hash the message's hash on its chain
 * @param signedBytes the message exactly as it is pushed
 */
public record Receipt(
        int accountId, long nonce, long sequence, long epoch, byte[] hash, byte[] signedBytes) {}
