package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.wallet.Wallet;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code MpoolCheckMessages}: Lotus's codes and words over our nonces; base fee 1000. */
final class CheckMethodsTest {
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private final LotusJson json = new LotusJson(Network.MAINNET);
    private ApiTable api;

    @TempDir Path folder;

    @BeforeEach
    void open() throws Exception {
        api = new ApiTable(node, Wallet.open(folder));
        // Nonce 5 is used: 6 is next.
        node.gateway.push(node.message(1), PushSpec.NONE, GatewayFixture.PRINCIPAL).join();
        node.chain.answer = ApiTable.json("{\"Blocks\":[{\"ParentBaseFee\":\"1000\"}]}");
    }

    @Test
    void shouldFindNothingWrongWithAGoodMessage() throws Exception {
        final FilecoinMessage good = message(6, 100_000, 10_000);

        final JsonNode checks = api.answer("v1", "MpoolCheckMessages", prototypes(true, good));

        assertThat(checks).hasSize(1);
        assertThat(codes(checks.get(0))).containsExactly(9, 11, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12);
        assertThat(checks.get(0))
                .allSatisfy(
                        check -> {
                            assertThat(check.path("OK").booleanValue()).as("%s", check).isTrue();
                            assertThat(check.path("Err").textValue()).isEmpty();
                            assertThat(check.path("Cid")).isEqualTo(json.writeCid(good.cid()));
                        });
        assertThat(checks.at("/0/0/Hint/nonce").intValue()).isEqualTo(6);
        assertThat(checks.at("/0/10/Hint/nextNonce").intValue()).isEqualTo(6);
        assertThat(checks.at("/0/2/Hint").isNull()).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongInLotussWords() throws Exception {
        node.chain.balance = BigInteger.TEN;

        assertThat(errors(true, message(9, 1000, 150)))
                .containsExactly(
                        "GasLimit less than epoch minimum gas",
                        "GasFeeCap less than current base fee",
                        "GasFeeCap less than base fee upper bound for inclusion in next 20 epochs",
                        "message nonce doesn't match next nonce (6)",
                        "insufficient balance");
        assertThat(errors(false, message(9, 100_000, 99)))
                .containsExactly("GasFeeCap less than minimum base fee", "insufficient balance");
        assertThat(errors(true, message(6, -1, 10_000)))
                .containsExactly(
                        "syntactically invalid message: 'GasLimit' field cannot be negative");
    }

    @Test
    void shouldCountTheNoncesAndFundsOfThoseBefore() throws Exception {
        final FilecoinMessage first = message(6, 100_000, 10_000);
        node.chain.balance = first.requiredFunds();

        final JsonNode checks =
                api.answer(
                        "v1",
                        "MpoolCheckMessages",
                        prototypes(true, first, message(7, 100_000, 10_000)));

        assertThat(errors(checks.get(0))).isEmpty();
        assertThat(errors(checks.get(1))).containsExactly("insufficient balance");
    }

    @Test
    void shouldSayWhatTheChainDoesNotTell() throws Exception {
        node.chain.silent = true;
        assertThat(api.refusal("MpoolCheckMessages", prototypes(true, message(6, 1, 1))))
                .isEqualTo("upstream: chain is silent");

        node.chain.silent = false;
        node.chain.answer = ApiTable.json("{}");
        assertThat(api.refusal("MpoolCheckMessages", prototypes(true, message(6, 1, 1))))
                .isEqualTo("upstream: error computing basefee: none was told");
    }

    @Test
    void shouldBoundTheMessagesOfOneCall() throws Exception {
        final FilecoinMessage[] many =
                Collections.nCopies(257, message(6, 1, 1)).toArray(FilecoinMessage[]::new);

        assertThat(api.refusal("MpoolCheckMessages", prototypes(true, many)))
                .isEqualTo("expected at most 256 messages but was 257");
        assertThat(api.answer("v1", "MpoolCheckMessages", "[]")).isEmpty();
    }

    private List<String> errors(final boolean validNonce, final FilecoinMessage message)
            throws Exception {
        return errors(
                api.answer("v1", "MpoolCheckMessages", prototypes(validNonce, message)).get(0));
    }

    private static List<String> errors(final JsonNode checks) {
        final List<String> errors = new ArrayList<>();
        for (final JsonNode check : checks) {
            if (!check.path("OK").booleanValue()) {
                errors.add(check.path("Err").textValue());
            }
        }
        return errors;
    }

    private static List<Integer> codes(final JsonNode checks) {
        final List<Integer> codes = new ArrayList<>();
        checks.forEach(check -> codes.add(check.path("Code").intValue()));
        return codes;
    }

    private String prototypes(final boolean validNonce, final FilecoinMessage... messages) {
        final List<String> all = new ArrayList<>();
        for (final FilecoinMessage message : messages) {
            all.add(
                    "{\"Message\":"
                            + json.writeMessage(message)
                            + ",\"ValidNonce\":"
                            + validNonce
                            + "}");
        }
        return "[" + String.join(",", all) + "]";
    }

    private FilecoinMessage message(final long nonce, final long gasLimit, final int feeCap) {
        return node.message(1)
                .withNonce(nonce)
                .withGas(gasLimit, BigInteger.valueOf(feeCap), BigInteger.ONE);
    }
}
