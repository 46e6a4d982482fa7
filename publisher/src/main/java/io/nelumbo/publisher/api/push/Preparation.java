package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From a client's message to a request that the pipeline takes, on the leader: key address, key,
 * gas, funds, account. Whatever stands in the way is found before a nonce is spent. Any thread.
 */
final class Preparation {
    private final LedgerView ledger;
    private final Function<FilecoinMessage, Drafting> wallet;
    private final ChainQuestions chain;
    private final GasCompletion gas;
    private final Funds funds;
    private final AccountDoor accounts;
    private final SignedPreparation signed;

    Preparation(
            final GatewayPorts ports,
            final Balances balances,
            final OwnNonces ownNonces,
            final BigInteger defaultMaxFee) {
        this.ledger = ports.ledger();
        this.wallet = ports.wallet();
        this.chain = ports.chain();
        this.gas = new GasCompletion(ports.chain(), defaultMaxFee);
        this.funds = new Funds(balances);
        this.accounts = new AccountDoor(ports.ledger(), ports.accounts(), ports.executor());
        this.signed = new SignedPreparation(ports, funds, accounts, ownNonces);
    }

    /** Fails with {@link PushRefused}, or with {@link NotLeadingHere}: then another try may do. */
    CompletableFuture<Prepared> prepare(final byte[] principal, final Push push) {
        final Prepared repeated = repeated(push, principal);
        if (repeated != null) {
            return CompletableFuture.completedFuture(repeated);
        }
        return prepareNew(principal, push)
                .exceptionally(
                        failure -> {
                            // It may have been committed while the chain was asked.
                            final Prepared after = repeated(push, principal);
                            if (after == null) {
                                throw new CompletionException(Failures.cause(failure));
                            }
                            return after;
                        });
    }

    private CompletableFuture<Prepared> prepareNew(final byte[] principal, final Push push) {
        return push instanceof MessagePush own
                ? completed(own, principal)
                : CompletableFuture.completedFuture((SignedPush) push)
                        .thenCompose(given -> signed.prepare(principal, given));
    }

    /** Neither gas nor funds of today may stand between a client and its former receipt. */
    private @Nullable Prepared repeated(final Push push, final byte[] principal) {
        final LedgerView.Answered answered = ledger.answered(push.requestId());
        return answered == null
                ? null
                : new Prepared.Ready(
                        request(
                                push,
                                principal,
                                answered.accountId(),
                                new AnsweredDraft(push.sender())));
    }

    private CompletableFuture<Prepared> completed(final MessagePush push, final byte[] principal) {
        return fromKeyAddress(push.message())
                .thenApply(this::knownToWallet)
                .thenCompose(message -> gas.complete(message, push.spec()))
                .thenCompose(
                        message -> {
                            PushChecks.checkRules(message);
                            return funds.check(message);
                        })
                .thenApply(this::draft)
                .thenCompose(
                        draft ->
                                accounts.open(draft.sender())
                                        .thenApply(
                                                id ->
                                                        new Prepared.Ready(
                                                                request(
                                                                        push, principal, id,
                                                                        draft))));
    }

    private CompletableFuture<FilecoinMessage> fromKeyAddress(final FilecoinMessage message) {
        if (message.from().protocol() != FilecoinAddress.Protocol.ID) {
            return CompletableFuture.completedFuture(message);
        }
        return chain.keyAddress(message.from())
                .handle(
                        (key, failure) -> {
                            if (failure != null) {
                                throw new PushRefused(
                                        "getting key address: "
                                                + Failures.cause(failure).getMessage()
                                                + "; nothing was published");
                            }
                            return message.withFrom(key);
                        });
    }

    /** Asked before the chain is: a key that is not here needs no gas. */
    private FilecoinMessage knownToWallet(final FilecoinMessage message) {
        draft(message);
        return message;
    }

    private Draft draft(final FilecoinMessage message) {
        final Drafting drafting = wallet.apply(message);
        if (drafting instanceof Drafting.Drafted drafted) {
            return drafted.draft();
        }
        throw new PushRefused(((Drafting.Refused) drafting).reason());
    }

    private static PublishRequest request(
            final Push push, final byte[] principal, final int accountId, final Draft draft) {
        return new PublishRequest(
                push.requestId(), push.requestHash(), principal, accountId, draft);
    }
}
