package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.Gateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input of every kind has an error of its own, says nothing of our insides, does nothing. */
final class HostileCallsTest {
    private static final int PARSE = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final int INVALID_PARAMS = -32602;
    private static final int APPLICATION = 1;

    private static final String OTHERS = "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxb";
    private static final String MILLION_DIGITS = "1" + "0".repeat(1_000_000);

    @TempDir Path folder;
    private HostedApi api;

    @BeforeEach
    void start() {
        api = HostedApi.open("v1", folder, new Tokens(new byte[Tokens.MIN_SECRET_BYTES]));
    }

    /** A field of a good message in another's place, and what is said of it. */
    static Stream<Arguments> badFields() {
        return Stream.of(
                bad(
                        "To",
                        text(OTHERS.replace("d2x", "d3x") + "a"),
                        INVALID_PARAMS,
                        "the right checksum"),
                bad(
                        "To",
                        text(OTHERS.toUpperCase(Locale.ROOT)),
                        INVALID_PARAMS,
                        "the letter f or t"),
                bad(
                        "To",
                        text("f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxb"),
                        INVALID_PARAMS,
                        "without trailing bits"),
                bad("To", text("f1" + "a".repeat(100_000)), INVALID_PARAMS, "3 to 115 characters"),
                bad("To", text("f01" + "0".repeat(30)), INVALID_PARAMS, "below 2^63"),
                bad("To", text(""), INVALID_PARAMS, "an address as a string"),
                bad("To", "7", INVALID_PARAMS, "an address as a string"),
                bad("Value", text(MILLION_DIGITS), INVALID_PARAMS, "a whole number as a decimal"),
                bad("Value", text("1e999999999"), INVALID_PARAMS, "a whole number as a decimal"),
                bad("Value", "1e999999999", PARSE, "a smaller exponent"),
                bad("Value", text("1" + "0".repeat(309)), INVALID_PARAMS, "Value"),
                bad("Value", text("-1"), APPLICATION, "'Value' field cannot be negative"),
                bad("GasFeeCap", text("-1"), APPLICATION, "'GasFeeCap' field cannot be negative"),
                bad("GasLimit", "-1", APPLICATION, "'GasLimit' field cannot be negative"),
                bad("GasLimit", "9223372036854775808", INVALID_PARAMS, "64-bit integer"),
                bad("Nonce", "18446744073709551616", INVALID_PARAMS, "from 0 to 2^64-1"),
                bad("Nonce", "-1", INVALID_PARAMS, "from 0 to 2^64-1"),
                bad("Nonce", "1.5", INVALID_PARAMS, "from 0 to 2^64-1"),
                bad(
                        "Nonce",
                        "18446744073709551615",
                        APPLICATION,
                        "nonce to be 0, was 18446744073709551615"),
                bad("Method", "1e3", INVALID_PARAMS, "from 0 to 2^64-1"),
                bad("Version", "1", INVALID_PARAMS, "'Version' unsupported"),
                bad("Params", text("!!!!"), INVALID_PARAMS, "base64"),
                bad("Params", text("A".repeat(100_000)), INVALID_PARAMS, "message too big"),
                bad("Params", "[".repeat(20) + "]".repeat(20), INVALID_PARAMS, "a string"),
                bad("Params", "[".repeat(100_000), PARSE, "nesting depth"),
                bad("Params", text("\u00c0\u0080"), PARSE, "expected UTF-8"),
                bad("Params", text("\\ud800"), INVALID_PARAMS, "base64"),
                bad("nonce", "0", INVALID_PARAMS, "each field once"));
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void shouldRefuseABadFieldInItsOwnWords(
            final String field, final String value, final int code, final String words)
            throws Exception {
        final String good = api.message();
        final String quoted = '"' + field + "\":";
        final String bad =
                good.contains(quoted)
                        ? good.replaceFirst(
                                quoted + "(\"[^\"]*\"|[^,}]+)",
                                Matcher.quoteReplacement(quoted + value))
                        : good.replaceFirst("\\{", "{" + quoted + value + ",");

        assertRefused(HostedApi.call("MpoolPushMessage", bad + ",null"), code, words);
    }

    @Test
    void shouldRefuseParametersThatAreNoCborOfAnEthereumCall() throws Exception {
        // A byte string of 2^63 bytes, in nine.
        final String bomb = api.ethereumMessage(new byte[] {0x5b, 127, -1, -1, -1, -1, -1, -1, -1});

        assertRefused(HostedApi.call("MpoolPushMessage", bomb + ",null"), APPLICATION, "not found");
    }

    @Test
    void shouldRefuseWhatIsSaidTwice() throws Exception {
        assertRefused(
                HostedApi.call("ID", "").replace("\"id\":1", "\"id\":1,\"id\":2"),
                PARSE,
                "Duplicate field 'id'");
        assertRefused(
                HostedApi.call(
                        "MpoolPushMessage",
                        api.message().replace("\"To\"", "\"To\":\"f01\",\"To\"")),
                PARSE,
                "Duplicate field 'To'");
    }

    @Test
    void shouldRefuseTooManyAtOnce() throws Exception {
        final String call = HostedApi.call("ID", "");
        assertRefused(
                "[" + call + ("," + call).repeat(9_999) + "]",
                INVALID_REQUEST,
                "expected a batch of 1 to 1000 calls but was 10000");
        assertRefused("[]", INVALID_REQUEST, "expected a batch of 1 to 1000 calls but was 0");

        final String message = "{\"To\":\"f01\",\"From\":\"f01\"}";
        final String many = ("," + message).repeat(Gateway.MAX_BATCH_MESSAGES);
        assertRefused(
                HostedApi.call("MpoolBatchPushMessage", "[" + message + many + "],null"),
                APPLICATION,
                "expected at most 10000 messages but was 10001; nothing was published");
    }

    /** I12: of another node, or of this one before its secret was rotated. */
    @Test
    void shouldNotKnowATokenThatAnotherSecretMade() throws Exception {
        final byte[] another = new byte[Tokens.MIN_SECRET_BYTES];
        another[0] = 1;
        final String token = new Tokens(another).create(List.of(Permission.ADMIN));

        assertThat(new Tokens(new byte[Tokens.MIN_SECRET_BYTES]).caller(token)).isNull();
        assertRefused(
                HostedApi.call("AuthVerify", '"' + token + '"'),
                APPLICATION,
                "JWT Verification failed");
    }

    private void assertRefused(final String body, final int code, final String words)
            throws Exception {
        final long before = api.sequences();

        final JsonNode error = api.answer(body.getBytes(ISO_8859_1)).path("error");

        assertThat(error.path("message").asText())
                .contains(words)
                .hasSizeLessThan(600)
                .doesNotContain("Exception", "internal error", "io.nelumbo", "\tat ");
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(api.sequences()).isEqualTo(before);
    }

    private static Arguments bad(
            final String field, final String value, final int code, final String words) {
        return Arguments.of(field, value, code, words);
    }

    private static String text(final String content) {
        return '"' + content + '"';
    }
}
