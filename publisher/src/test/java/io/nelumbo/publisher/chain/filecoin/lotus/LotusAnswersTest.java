package io.nelumbo.publisher.chain.filecoin.lotus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.PushOutcome.Ambiguous;
import io.nelumbo.publisher.chain.PushOutcome.NonceTooLow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the table, in the words in which a node wraps it. */
final class LotusAnswersTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    minimum expected nonce is 7: message nonce too low              | NonceTooLow
                    message from f1abc with nonce 7 already in mpool: message with nonce already \
                    exists                                                          | AlreadyKnown
                    increase GasPremium to 12 from 10 to trigger replace by fee: replace by fee \
                    has too low GasPremium                                          | NonceTooLow
                    unfulfilled nonce gap                                           | Gap
                    message nonce has too big a gap from expected nonce             | Gap
                    not enough funds (required: 3 FIL): not enough funds to execute transaction \
                                                                                    | NotEnoughFunds
                    not enough funds including pending messages (required: 3 FIL)   | NotEnoughFunds
                    too many pending messages for actor                             | PoolFull
                    gas fee cap too low                                             | Underpriced
                    message will not be included in a block: 'GasFeeCap' less than 'GasPremium' \
                                                                                    | Underpriced
                    mpool message too large (70000B): message too big               | Invalid
                    signature verification failed: invalid signature                | Invalid
                    actor t0100 is not a valid top-level sender                     | Invalid
                    Message sequence too low                                        | NonceTooLow
                    Message with sequence already in mempool                        | AlreadyKnown
                    gas price is lower than min gas price                           | NonceTooLow
                    Unfulfilled nonce gap                                           | Gap
                    Not enough funds to execute transaction                         | NotEnoughFunds
                    Too many pending messages from actor f1abc (trusted: true)      | PoolFull
                    gas fee cap is too low                                          | Underpriced
                    Message is too big                                              | Invalid
                    connection reset by peer                                        | Ambiguous
                    mpool push: node is syncing                                     | Ambiguous
                    """)
    void shouldClassify(final String text, final String outcome) {
        assertThat(LotusAnswers.outcomeOf(text).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void shouldKeepTheNodesOwnWords() {
        final PushOutcome outcome = LotusAnswers.outcomeOf("MESSAGE nonce TOO low");

        assertThat(outcome).isEqualTo(new NonceTooLow("MESSAGE nonce TOO low"));
    }

    @Test
    void shouldBoundWhatItKeeps() {
        final Ambiguous outcome = (Ambiguous) LotusAnswers.outcomeOf("x".repeat(1_000_000));

        assertThat(outcome.text()).hasSize(1000);
    }

    @Test
    void shouldNotGuessWhenTextIsEmpty() {
        assertThat(LotusAnswers.outcomeOf("")).isEqualTo(new Ambiguous(""));
    }
}
