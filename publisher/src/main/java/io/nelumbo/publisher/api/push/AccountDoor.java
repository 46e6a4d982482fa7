package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.publish.OpenOutcome;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** From a sender to the ledger's number of its account, which is opened if need be. Any thread. */
final class AccountDoor {
    private final LedgerView ledger;
    private final Function<Address, CompletableFuture<OpenOutcome>> accounts;

    AccountDoor(final GatewayPorts ports) {
        this.ledger = ports.ledger();
        this.accounts = ports.accounts();
    }

    /** Fails with {@link PushRefused}, or with {@link NotLeadingHere}: then another try may do. */
    CompletableFuture<Integer> open(final Address sender) {
        final int accountId = ledger.accountId(ChainKind.FILECOIN, sender.bytes());
        if (accountId >= 0) {
            return CompletableFuture.completedFuture(accountId);
        }
        return accounts.apply(sender).thenApply(outcome -> opened(sender, outcome));
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
