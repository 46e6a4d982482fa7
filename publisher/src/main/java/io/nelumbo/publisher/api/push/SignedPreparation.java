package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedDraft;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a message that its sender signed to a request that the pipeline takes, on the leader:
 * signature, funds, account. Its key need not be here, and nothing of it is ever changed. Any
 * thread.
 */
final class SignedPreparation {
    private final Supplier<@Nullable Network> network;
    private final Funds funds;
    private final AccountDoor accounts;
    private final OwnNonces ownNonces;

    SignedPreparation(
            final GatewayPorts ports,
            final Funds funds,
            final AccountDoor accounts,
            final OwnNonces ownNonces) {
        this.network = ports.network();
        this.funds = funds;
        this.accounts = accounts;
        this.ownNonces = ownNonces;
    }

    /** Fails as {@link Preparation#prepare} does. */
    CompletableFuture<Prepared> prepare(final byte[] principal, final SignedPush push) {
        final SignedDraft draft = verified(push.signed());
        final Receipt ours = ownNonces.receipt(draft);
        if (ours != null) {
            return CompletableFuture.completedFuture(new Prepared.Ours(ours));
        }
        SignedChecks.checkRules(push.signed().message());
        return funds.check(push.signed().message())
                .thenCompose(paid -> accounts.open(draft.sender()))
                .thenApply(
                        accountId ->
                                new Prepared.Ready(
                                        new PublishRequest(
                                                push.requestId(),
                                                push.requestHash(),
                                                principal,
                                                accountId,
                                                draft)));
    }

    private SignedDraft verified(final SignedFilecoinMessage signed) {
        final Network known = network.get();
        if (known == null && signed.signature().type() == SignatureType.DELEGATED) {
            throw new PushRefused(
                    "the signature of "
                            + signed.message().from()
                            + " cannot be verified yet: it is for one network, and no upstream has"
                            + " said which this is; nothing was published, try again when one is"
                            + " reachable");
        }
        try {
            return SignedDraft.of(signed, known == null ? Network.MAINNET : known);
        } catch (final MalformedValue forged) {
            throw PushRefused.forEver(forged.getMessage() + "; nothing was published");
        }
    }
}
