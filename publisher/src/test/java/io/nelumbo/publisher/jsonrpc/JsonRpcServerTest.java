package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real HTTP on loopback: what a stranger may send, and what he gets for it. */
final class JsonRpcServerTest {
    private static final int MAX_BODY_BYTES = 64 << 10;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger noted = new AtomicInteger();
    private JsonRpcServer server;
    private URI url;

    @BeforeEach
    void start() throws Exception {
        final Map<String, JsonRpcMethod> table =
                Map.of(
                        "echo",
                        (params, caller) -> CompletableFuture.completedFuture(params.at(0)),
                        "note",
                        (params, caller) -> {
                            noted.incrementAndGet();
                            return CompletableFuture.completedFuture(NullNode.instance);
                        },
                        "number",
                        (params, caller) ->
                                CompletableFuture.completedFuture(
                                        NODES.numberNode(params.expect(1, 1).integer(0))),
                        "refuse",
                        (params, caller) -> {
                            throw JsonRpcError.application("no");
                        },
                        "explode",
                        (params, caller) -> {
                            throw new IllegalStateException("secret");
                        },
                        "never",
                        (params, caller) -> new CompletableFuture<>(),
                        "permissions",
                        (params, caller) ->
                                CompletableFuture.completedFuture(
                                        NODES.textNode(caller.permissions().toString())));
        server =
                new JsonRpcServer(
                        new Routes(
                                Map.of("/rpc/v1", Endpoint.of(table)),
                                Map.of(
                                        "/health",
                                        () ->
                                                CompletableFuture.completedFuture(
                                                        Page.text(200, "well")))),
                        token ->
                                "bad".equals(token)
                                        ? null
                                        : new Caller(
                                                token == null ? Set.of() : Set.of(token),
                                                new byte[8]),
                        new ServerLimits(
                                MAX_BODY_BYTES,
                                1000,
                                16L << 20,
                                100,
                                100,
                                100,
                                Duration.ofSeconds(1),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(10)));
        final int port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
        url = URI.create("http://127.0.0.1:" + port + "/rpc/v1");
    }

    @AfterEach
    void stop() throws Exception {
        server.close().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-7",
                "18446744073709551615",
                "123456789012345678901234567890",
                "1.50",
                "null",
                "\"\"",
                "\"a-b\"",
                "\"\\u00e9\""
            })
    void shouldEchoTheIdExactly(final String id) throws Exception {
        final JsonNode answer =
                json(post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"echo\"}"));

        assertThat(answer.get("id")).isEqualTo(StrictJson.REQUESTS.read(bytes(id)));
        assertThat(answer.get("result").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":1,\"method\":\"echo\"                        |500|-32700",
                "                                                     |500|-32700",
                "{} {}                                                |500|-32700",
                "{\"id\":1,\"id\":2,\"method\":\"echo\"}              |500|-32700",
                "{\"id\":1,\"method\":\"echo\",\"params\":[{\"a\":1,\"a\":1}]}|500|-32700",
                "{\"id\":1,\"method\":\"absent\"}                     |500|-32601",
                "{\"id\":1,\"method\":\"number\",\"params\":[\"1\"]}  |500|-32602",
                "{\"id\":1,\"method\":\"number\",\"params\":[1.5]}    |500|-32602",
                "{\"id\":1,\"method\":\"number\",\"params\":[1e999]}  |500|-32602",
                "{\"id\":1,\"method\":\"number\",\"params\":[9223372036854775808]}|500|-32602",
                "{\"id\":1,\"method\":\"number\",\"params\":[]}       |500|-32602",
                "{\"id\":1,\"method\":\"number\",\"params\":{\"a\":1}}|500|-32602",
                "{\"id\":1,\"method\":7}                              |400|-32600",
                "{\"id\":[],\"method\":\"echo\"}                      |400|-32600",
                "{\"id\":1,\"jsonrpc\":\"1.0\",\"method\":\"echo\"}   |400|-32600",
                "7                                                    |400|-32600",
                "[]                                                   |400|-32600",
                "{\"id\":1,\"method\":\"refuse\"}                     |200|1",
                "{\"id\":1,\"method\":\"explode\"}                    |200|1",
                "{\"id\":1,\"method\":\"never\"}                      |200|1",
            })
    void shouldMapErrorsAsLotusDoes(final String body, final int status, final int code)
            throws Exception {
        final HttpResponse<byte[]> response = post(body == null ? "" : body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(code);
        assertThat(json(response).at("/error/message").asText()).isNotBlank();
    }

    @Test
    void shouldSayWhereJsonIsMalformed() throws Exception {
        assertThat(json(post("{")).at("/error/message").asText())
                .startsWith("malformed JSON at line 1, column 2: ")
                .endsWith("(start marker at line: 1, column: 1)");
    }

    @Test
    void shouldNotTellInternalsWhenAMethodExplodes() throws Exception {
        final String answer = new String(post("{\"id\":1,\"method\":\"explode\"}").body(), UTF_8);

        assertThat(answer).contains("internal error (").doesNotContain("secret", "Exception");
    }

    @Test
    void shouldRefuseDeepNesting() throws Exception {
        final HttpResponse<byte[]> response = post("[".repeat(20_000) + "]".repeat(20_000));

        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e2147483647",
                "1e99999999999",
                "-1e-99999999999",
                "0.1e1002",
                "1e1e",
                "01"
            })
    void shouldRefuseHugeNumbers(final String number) throws Exception {
        assertRefusedNumber(number);
    }

    @Test
    void shouldNotRepeatALongMethodName() throws Exception {
        final HttpResponse<byte[]> response =
                post("{\"id\":1,\"method\":\"" + "x".repeat(5000) + "\"}");

        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(json(response).at("/error/message").asText())
                .startsWith("method 'xxx")
                .hasSizeLessThan(200);
    }

    @Test
    void shouldRefuseLongNumbers() throws Exception {
        assertRefusedNumber("9".repeat(10_000));
        assertRefusedNumber("0." + "9".repeat(10_000));
    }

    private void assertRefusedNumber(final String number) throws Exception {
        final HttpResponse<byte[]> response =
                post("{\"id\":1,\"method\":\"echo\",\"params\":[" + number + "]}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(json(response).at("/error/message").asText())
                .startsWith("malformed JSON")
                .hasSizeLessThan(300);
    }

    @Test
    void shouldRefuseInvalidUtf8() throws Exception {
        final byte[] body = bytes("{\"id\":1,\"method\":\"echo\",\"params\":[\"XY\"]}");
        final int at = new String(body, UTF_8).indexOf("XY");
        body[at] = (byte) 0xc0;
        body[at + 1] = (byte) 0xaf;

        final HttpResponse<byte[]> response = post(body, null);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).at("/error/message").asText()).contains("expected UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_BODY_BYTES + 1, 8 << 20})
    void shouldRefuseABodyThatIsTooLarge(final int sizeBytes) throws Exception {
        final HttpResponse<byte[]> response = post(new byte[sizeBytes], null);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(json(response).at("/error/message").asText())
                .isEqualTo("expected a request body of at most 65536 bytes but was " + sizeBytes);
    }

    @Test
    void shouldAnswerABatchInOrderWithoutNotifications() throws Exception {
        final JsonNode answer =
                json(
                        post(
                                "[{\"id\":1,\"method\":\"echo\",\"params\":[\"a\"]},"
                                        + "{\"method\":\"note\"},"
                                        + "{\"id\":\"x\",\"method\":\"absent\"},7,"
                                        + "{\"id\":null,\"method\":\"echo\",\"params\":[2]}]"));

        assertThat(answer).hasSize(4);
        assertThat(answer.at("/0/result").asText()).isEqualTo("a");
        assertThat(answer.at("/1/error/code").asInt()).isEqualTo(-32601);
        assertThat(answer.at("/2/error/code").asInt()).isEqualTo(-32600);
        assertThat(answer.at("/3/result").asInt()).isEqualTo(2);
        assertThat(noted).hasValue(1);
    }

    @Test
    void shouldRefuseABatchThatIsTooLong() throws Exception {
        final HttpResponse<byte[]> response = post("[1" + ",1".repeat(1000) + "]");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/message").asText()).contains("1 to 1000 calls");
    }

    @Test
    void shouldAnswerANotificationWithNothing() throws Exception {
        final HttpResponse<byte[]> response = post("{\"method\":\"note\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(noted).hasValue(1);
    }

    @Test
    void shouldRefuseABadTokenBeforeAnythingRuns() throws Exception {
        final HttpResponse<byte[]> response = post(bytes("{\"id\":1,\"method\":\"note\"}"), "bad");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(noted).hasValue(0);
    }

    @Test
    void shouldTakeTheTokenFromHeaderOrQuery() throws Exception {
        final byte[] body = bytes("{\"id\":1,\"method\":\"permissions\"}");
        final HttpRequest query =
                HttpRequest.newBuilder(URI.create(url + "?token=sign"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();

        final JsonNode byHeader = json(post(body, "write"));
        final JsonNode byQuery = json(http.send(query, HttpResponse.BodyHandlers.ofByteArray()));

        assertThat(byHeader.get("result").asText()).isEqualTo("[write]");
        assertThat(byQuery.get("result").asText()).isEqualTo("[sign]");
    }

    @Test
    void shouldCloseOnAClientThatDoesNotFinishItsBody() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", url.getPort())) {
            slow.setSoTimeout(10_000);
            slow.getOutputStream()
                    .write(bytes("POST /rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"));

            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldServePagesAndNothingElse() throws Exception {
        assertThat(get("/health").body()).isEqualTo("well");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/rpc/v1").statusCode()).isEqualTo(405);
    }

    private HttpResponse<byte[]> post(final String body) throws Exception {
        return post(bytes(body), null);
    }

    private HttpResponse<byte[]> post(final byte[] body, final String token) throws Exception {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(10))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> get(final String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(url.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(final HttpResponse<byte[]> response) throws Exception {
        return StrictJson.ANSWERS.read(response.body());
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(UTF_8);
    }
}
