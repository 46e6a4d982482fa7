package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.publish.OpenOutcome;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** From a sender to the ledger's number of its account, which is opened if need be. Any thread. */
final class AccountDoor {
    private final LedgerView ledger;
    private final Function<Address, CompletableFuture<OpenOutcome>> accounts;
    private final Executor executor;

    /**
     * @param accounts opens one, on a thread that has other things to do
     * @param executor where those who asked go on
     */
    AccountDoor(
            final LedgerView ledger,
            final Function<Address, CompletableFuture<OpenOutcome>> accounts,
            final Executor executor) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.executor = executor;
    }

    /** Fails with {@link PushRefused}, or with {@link NotLeadingHere}: then another try may do. */
    CompletableFuture<Integer> open(final Address sender) {
        final int accountId = ledger.accountId(ChainKind.FILECOIN, sender.bytes());
        if (accountId >= 0) {
            return CompletableFuture.completedFuture(accountId);
        }
        // Not on the thread that opened it: what comes next may be a batch of signatures to verify,
        // and no lane would push meanwhile.
        return accounts.apply(sender).thenApplyAsync(outcome -> opened(sender, outcome), executor);
    }

    private static int opened(final Address sender, final OpenOutcome outcome) {
        if (outcome instanceof OpenOutcome.Opened open) {
            return open.accountId();
        }
        if (outcome instanceof OpenOutcome.AskAgain) {
            throw new NotLeadingHere();
        }
        throw new PushRefused(
                "account "
                        + new FilecoinAddress(sender.bytes())
                        + " is not open yet: "
                        + ((OpenOutcome.NotOpened) outcome).reason()
                        + "; nothing was published, try again");
    }
}
