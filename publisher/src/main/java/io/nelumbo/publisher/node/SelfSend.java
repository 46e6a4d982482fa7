package io.nelumbo.publisher.node;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills a Filecoin nonce whose message can never execute: nothing sent to oneself, with the fees of
 * the message it replaces. Immutable; any thread.
 */
final class SelfSend implements FillPolicy {

    private final Function<FilecoinMessage, Drafting> wallet;

    SelfSend(final Function<FilecoinMessage, Drafting> wallet) {
        this.wallet = wallet;
    }

    @Override
    public Event.@Nullable NonceFilled fill(
            final LedgerView.Account account,
            final LedgerView.OutboxMessage message,
            final String upstreamText) {
        final FilecoinMessage asked = SignedFilecoinMessage.decode(message.signedBytes()).message();
        final FilecoinMessage nothing =
                new FilecoinMessage(
                        asked.from(),
                        asked.from(),
                        0,
                        BigInteger.ZERO,
                        asked.gasLimit(),
                        asked.gasFeeCap(),
                        asked.gasPremium(),
                        FilecoinMessage.transferMethod(asked.from()),
                        new byte[0]);
        if (wallet.apply(nothing) instanceof Drafting.Drafted drafted
                && drafted.draft().sign(message.nonce()) instanceof Signing.Signed signed) {
            return new Event.NonceFilled(
                    account.id(), message.nonce(), signed.bytes(), signed.hash(), upstreamText);
        }
        return null;
    }
}
