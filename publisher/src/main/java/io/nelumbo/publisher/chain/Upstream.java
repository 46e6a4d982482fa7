package io.nelumbo.publisher.chain;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One chain node that we push to and ask. Any thread. Futures complete on the upstream's threads;
 * questions complete exceptionally with {@link UpstreamFailure} when it cannot be asked.
 */
public interface Upstream {

    /** Names it in logs and reports, without secrets. */
    String name();

    /**
     * Pushes signed messages of one account, in nonce order. The list of outcomes covers a prefix
     * of the messages: it ends after the first that is neither accepted nor already known. Never
     * completes exceptionally: what cannot be told is {@link PushOutcome.Ambiguous}.
     */
    CompletableFuture<List<PushOutcome>> push(List<byte[]> signedMessages);

    /** The next nonce that this node would give the account, pending messages included. */
    CompletableFuture<Long> nextNonce(Address account);

    /** The nonces of the account's messages that wait in this node's pool, in any order. */
    CompletableFuture<List<Long>> pendingNonces(Address account);

    /**
     * The chain's own nonce of the account, {@code depth} tipsets or blocks below the head; the
     * nonce before the first one where the chain is not that long. Fails where this node has no
     * state any more: an answer shows that its history reaches back so far.
     */
    CompletableFuture<NonceAtHeight> executedNonce(Address account, int depth);

    /**
     * Where a message landed, by its 32-byte hash, or null if this node does not know that it did.
     * Null alone is no proof that it did not: the node may have pruned it, or never have had it.
     */
    CompletableFuture<@Nullable Landing> find(byte[] hash);

    /** The height of the chain's head as this node sees it. */
    CompletableFuture<Long> headHeight();

    /** An account's executed nonce, and the height it was read at. */
    record NonceAtHeight(long nonce, long height) {}

    /** Where a message landed; {@code hash} is what landed, a replacement perhaps. */
    record Landing(byte[] hash, long height, long exitCode) {}
}
