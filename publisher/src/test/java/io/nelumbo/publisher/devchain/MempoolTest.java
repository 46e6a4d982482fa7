package io.nelumbo.publisher.devchain;

import static io.nelumbo.publisher.devchain.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class MempoolTest {
    private static final BigInteger RICH = BigInteger.TEN.pow(30);

    private final Mempool pool = new Mempool(3);

    @Test
    void shouldSayTooLowWhenTheChainHasPassedTheNonce() {
        assertThatThrownBy(() -> pool.add(message("a", 4), 5, RICH))
                .isInstanceOf(MessageRefused.class)
                .hasMessage("minimum expected nonce is 5: message nonce too low");
    }

    @Test
    void shouldSayAlreadyExistsWhenTheSameBytesComeAgain() {
        pool.add(message("a", 0), 0, RICH);

        assertThatThrownBy(() -> pool.add(message("a", 0), 0, RICH))
                .hasMessage(
                        "message from a with nonce 0 already in mpool: message with nonce already exists");
    }

    @Test
    void shouldReplaceOnlyWhenThePremiumRisesByATenthAndOne() {
        pool.add(message("a", 0, 100), 0, RICH);

        assertThatThrownBy(() -> pool.add(message("a", 0, 110), 0, RICH))
                .hasMessage(
                        "message from a with nonce 0 already in mpool, increase GasPremium to 111"
                                + " from 110 to trigger replace by fee: replace by fee has too low GasPremium");

        pool.add(message("a", 0, 111), 0, RICH);
        assertThat(pool.all()).extracting(PooledMessage::cid).containsExactly("a/0@111");
    }

    @Test
    void shouldRefuseWhenAnAccountHasTooManyPending() {
        for (int nonce = 0; nonce < 3; nonce++) {
            pool.add(message("a", nonce), 0, RICH);
        }

        assertThatThrownBy(() -> pool.add(message("a", 3), 0, RICH))
                .hasMessage("too many pending messages for actor");
        pool.add(message("b", 0), 0, RICH);
    }

    @Test
    void shouldRefuseWhenTheAccountCannotPayForOneOrForAll() {
        final BigInteger forOne = BigInteger.valueOf(1_500);

        assertThatThrownBy(() -> pool.add(message("a", 0), 0, BigInteger.TEN))
                .hasMessageEndingWith("not enough funds to execute transaction");
        pool.add(message("a", 0), 0, forOne);
        assertThatThrownBy(() -> pool.add(message("a", 1), 0, forOne))
                .hasMessageStartingWith("not enough funds including pending messages");
    }

    @Test
    void shouldStopAtTheFirstHoleWhenCountingTheNextNonce() {
        pool.add(message("a", 0), 0, RICH);
        pool.add(message("a", 2), 0, RICH);

        assertThat(pool.nextNonce("a", 0)).isEqualTo(1);
        assertThat(pool.executable("a", 0, 10)).hasSize(1);
    }
}
