package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no block can hold is told before a nonce is spent, in the words of Lotus. */
final class MessageRulesTest {
    private static final BigInteger MINUS_ONE = BigInteger.ONE.negate();

    @Test
    void shouldFindNothingWrongWithTransfer() {
        assertThat(MessageRules.defect(KnownAccounts.transfer(25_000))).isNull();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void shouldNameDefect(final String defect, final UnaryOperator<FilecoinMessage> makeDefective) {
        final FilecoinMessage message = makeDefective.apply(KnownAccounts.transfer(25_000));

        assertThat(MessageRules.defect(message)).isEqualTo(defect);
    }

    private static Stream<Arguments> defects() {
        final FilecoinAddress infinity = FilecoinAddress.parse("f3y" + "a".repeat(75) + "by2smx7a");
        return Stream.of(
                defect("invalid 'To' address", m -> to(m, infinity)),
                defect("'Value' field cannot be negative", m -> value(m, MINUS_ONE)),
                defect(
                        "'Value' field cannot be greater than total filecoin supply",
                        m -> value(m, new BigInteger("2000000000000000000000000001"))),
                defect(
                        "'GasFeeCap' field cannot be negative",
                        m -> m.withGas(1, MINUS_ONE, BigInteger.ZERO)),
                defect(
                        "'GasPremium' field cannot be negative",
                        m -> m.withGas(1, BigInteger.ONE, MINUS_ONE)),
                defect(
                        "'GasFeeCap' less than 'GasPremium'",
                        m -> m.withGas(1, BigInteger.ONE, BigInteger.TWO)),
                defect(
                        "'GasLimit' field cannot be greater than a block's gas limit",
                        m -> m.withGas(10_000_000_001L, BigInteger.ONE, BigInteger.ONE)),
                defect(
                        "'GasLimit' field cannot be negative",
                        m -> m.withGas(-1, BigInteger.ONE, BigInteger.ONE)));
    }

    private static Arguments defect(
            final String defect, final UnaryOperator<FilecoinMessage> makeDefective) {
        return Arguments.of(defect, makeDefective);
    }

    private static FilecoinMessage value(final FilecoinMessage m, final BigInteger value) {
        return new FilecoinMessage(
                m.to(),
                m.from(),
                m.nonce(),
                value,
                m.gasLimit(),
                m.gasFeeCap(),
                m.gasPremium(),
                m.method(),
                m.params());
    }

    private static FilecoinMessage to(final FilecoinMessage m, final FilecoinAddress to) {
        return new FilecoinMessage(
                to,
                m.from(),
                m.nonce(),
                m.value(),
                m.gasLimit(),
                m.gasFeeCap(),
                m.gasPremium(),
                m.method(),
                m.params());
    }
}
