package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.publish.OpenOutcome;
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
    private final Function<Address, CompletableFuture<OpenOutcome>> accounts;
    private final ChainQuestions chain;
    private final GasCompletion gas;
    private final Funds funds;

    Preparation(final GatewayPorts ports, final Balances balances, final BigInteger defaultMaxFee) {
        this.ledger = ports.ledger();
        this.wallet = ports.wallet();
        this.accounts = ports.accounts();
        this.chain = ports.chain();
        this.gas = new GasCompletion(ports.chain(), defaultMaxFee);
        this.funds = new Funds(balances);
    }

    /** Fails with {@link PushRefused}, or with {@link NotLeadingHere}: then another try may do. */
    CompletableFuture<PublishRequest> prepare(final byte[] principal, final Push push) {
        final PublishRequest repeated = repeated(push, principal);
        if (repeated != null) {
            return CompletableFuture.completedFuture(repeated);
        }
        return completed(push, principal)
                .exceptionally(
                        failure -> {
                            // It may have been committed while the chain was asked.
                            final PublishRequest after = repeated(push, principal);
                            if (after == null) {
                                throw new CompletionException(Failures.cause(failure));
                            }
                            return after;
                        });
    }

    /** Neither gas nor funds of today may stand between a client and its former receipt. */
    private @Nullable PublishRequest repeated(final Push push, final byte[] principal) {
        final LedgerView.Answered answered = ledger.answered(push.requestId());
        return answered == null
                ? null
                : request(
                        push,
                        principal,
                        answered.accountId(),
                        new AnsweredDraft(push.message().from().account()));
    }

    private CompletableFuture<PublishRequest> completed(final Push push, final byte[] principal) {
        return fromKeyAddress(push.message())
                .thenApply(this::knownToWallet)
                .thenCompose(message -> gas.complete(message, push.spec()))
                .thenCompose(
                        message -> {
                            PushChecks.checkRules(message);
                            return funds.check(message);
                        })
                .thenApply(this::draft)
                .thenCompose(draft -> opened(draft, push, principal));
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

    private CompletableFuture<PublishRequest> opened(
            final Draft draft, final Push push, final byte[] principal) {
        final int accountId = ledger.accountId(ChainKind.FILECOIN, draft.sender().bytes());
        if (accountId >= 0) {
            return CompletableFuture.completedFuture(request(push, principal, accountId, draft));
        }
        return accounts.apply(draft.sender())
                .thenApply(
                        outcome -> {
                            if (outcome instanceof OpenOutcome.Opened open) {
                                return request(push, principal, open.accountId(), draft);
                            }
                            if (outcome instanceof OpenOutcome.AskAgain) {
                                throw new NotLeadingHere();
                            }
                            final String reason = ((OpenOutcome.NotOpened) outcome).reason();
                            throw new PushRefused(
                                    "account "
                                            + push.message().from()
                                            + " is not open yet: "
                                            + reason
                                            + "; nothing was published, try again");
                        });
    }

    private static PublishRequest request(
            final Push push, final byte[] principal, final int accountId, final Draft draft) {
        return new PublishRequest(
                push.requestId(), push.requestHash(), principal, accountId, draft);
    }
}
