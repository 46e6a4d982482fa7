package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.publish.port.Filling;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What takes a nonce whose message can never execute, where there is a key for it. */
final class SelfSendTest {
    private final Secp256k1Key key = key();
    private final Signing.Signed stuck = (Signing.Signed) FilecoinDraft.of(message(), key).sign(7);
    private final LedgerView.Account account =
            new LedgerView.Account(3, ChainKind.FILECOIN, key.address().bytes(), 0, 8, 7, null);
    private final LedgerView.OutboxMessage inOutbox =
            new LedgerView.OutboxMessage(7, 40, stuck.bytes(), stuck.hash(), List.of(), false);

    @Test
    void shouldSendNothingToItselfAtTheSameNonceAndFees() {
        final Filling filling =
                new SelfSend(message -> new Drafting.Drafted(FilecoinDraft.of(message, key)))
                        .fill(account, inOutbox, "message too big");

        assertThat(filling)
                .isInstanceOfSatisfying(
                        Filling.Fill.class,
                        fill -> {
                            final FilecoinMessage sent =
                                    SignedFilecoinMessage.decode(fill.event().signedBytes())
                                            .message();
                            assertThat(sent.nonce()).isEqualTo(7);
                            assertThat(sent.to()).isEqualTo(key.address());
                            assertThat(sent.value()).isZero();
                            assertThat(sent.gasFeeCap()).isEqualTo(message().gasFeeCap());
                            assertThat(fill.event().reason()).isEqualTo("message too big");
                        });
    }

    @Test
    void shouldSayThatNobodyHereCanSignForTheAccount() {
        final Filling filling =
                new SelfSend(message -> new Drafting.Refused("wallet: key not found"))
                        .fill(account, inOutbox, "message too big");

        assertThat(filling).isEqualTo(new Filling.NoKey("wallet: key not found"));
    }

    private FilecoinMessage message() {
        return new FilecoinMessage(
                key.address(),
                key.address(),
                7,
                BigInteger.TEN,
                1_000_000,
                BigInteger.valueOf(200),
                BigInteger.ONE,
                0,
                new byte[0]);
    }

    private static Secp256k1Key key() {
        final byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 5);
        return Secp256k1Key.of(secret);
    }
}
