package io.nelumbo.publisher.node;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.Filling;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.util.function.Function;

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
    public Filling fill(
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
        final Drafting drafting = wallet.apply(nothing);
        if (drafting instanceof Drafting.Refused refused) {
            return new Filling.NoKey(refused.reason());
        }
        final Signing signing = ((Drafting.Drafted) drafting).draft().sign(message.nonce());
        if (signing instanceof Signing.Failed failed) {
            return new Filling.NoKey(failed.reason());
        }
        final Signing.Signed signed = (Signing.Signed) signing;
        return new Filling.Fill(
                new Event.NonceFilled(
                        account.id(),
                        message.nonce(),
                        signed.bytes(),
                        signed.hash(),
                        upstreamText));
    }
}
