package io.nelumbo.publisher.chain.filecoin.lotus;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Lotus, Venus or Forest node that messages are pushed to. Immutable, any thread. */
public final class FilecoinUpstream implements Upstream {
    /**
     * The node ends the search by itself where the account's nonce falls below the message's. A
     * limit here would make it say "not found" of a message of ours that landed while the cluster
     * was down for longer, and that counts as a foreign use of the key.
     */
    private static final long NO_LIMIT = -1;

    private final LotusNode node;
    private final LotusPush push;

    public FilecoinUpstream(final LotusNode node, final LotusJson json) {
        this.node = node;
        this.push = new LotusPush(node, json);
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
        return push.push(signedMessages);
    }

    @Override
    public CompletableFuture<Long> nextNonce(final Address account) {
        return node.nextNonce(new FilecoinAddress(account.bytes()));
    }

    @Override
    public CompletableFuture<List<Long>> pendingNonces(final Address account) {
        return node.pendingNonces(new FilecoinAddress(account.bytes()));
    }

    /**
     * The nonce in the state that the tipset at that depth builds on: messages of the tipset itself
     * are executed by the one above it. 0 for an account that has no actor there yet.
     */
    @Override
    public CompletableFuture<NonceAtHeight> executedNonce(final Address account, final int depth) {
        final FilecoinAddress address = new FilecoinAddress(account.bytes());
        return node.head()
                .thenCompose(
                        head ->
                                depth == 0
                                        ? CompletableFuture.completedFuture(head)
                                        : node.tipsetAt(Math.max(0, head.height() - depth), head))
                .thenCompose(
                        tipset ->
                                node.actor(address, tipset)
                                        .thenApply(
                                                actor ->
                                                        new NonceAtHeight(
                                                                actor == null ? 0 : actor.nonce(),
                                                                tipset.height())));
    }

    @Override
    public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
        return node.search(Cid.ofDigest(hash), NO_LIMIT)
                .thenApply(
                        found ->
                                found == null
                                        ? null
                                        : new Landing(
                                                found.message().messageDigest(),
                                                found.height(),
                                                found.exitCode()));
    }

    @Override
    public CompletableFuture<Long> headHeight() {
        return node.head().thenApply(LotusNode.Tipset::height);
    }
}
