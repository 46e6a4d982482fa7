package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedDraft;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a message that its sender signed to a request that the pipeline takes, on the leader:
 * signature, funds, account. Its key need not be here, and nothing of it is ever changed. Any
 * thread.
 */
final class SignedPreparation {
    /** Lotus's, for an account that it trusts. */
    private static final int MAX_PENDING = 1000;

    private final LedgerView ledger;
    private final Supplier<@Nullable Network> network;
    private final Funds funds;
    private final AccountDoor accounts;
    private final OwnNonces ownNonces;

    SignedPreparation(
            final GatewayPorts ports,
            final Funds funds,
            final AccountDoor accounts,
            final OwnNonces ownNonces) {
        this.ledger = ports.ledger();
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
        checkRoom(draft);
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

    /**
     * Whoever may write may fill an account of his own with messages that the chain will never
     * take, and with it the outbox of everybody: nobody here could close their nonces.
     */
    private void checkRoom(final SignedDraft draft) {
        final int accountId = ledger.accountId(ChainKind.FILECOIN, draft.sender().bytes());
        if (accountId < 0) {
            return;
        }
        final LedgerView.Account account = ledger.account(accountId);
        final long pending = account.nextNonce() - account.confirmedNonce();
        if (pending >= MAX_PENDING) {
            throw new PushRefused(
                    "too many pending messages for actor "
                            + draft.message().from()
                            + ": expected fewer than "
                            + MAX_PENDING
                            + " but was "
                            + pending
                            + "; nothing was published, try again when the chain has confirmed some");
        }
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
