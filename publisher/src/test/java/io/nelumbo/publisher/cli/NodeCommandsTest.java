package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.publisher.cli.Cli.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a running node. */
final class NodeCommandsTest {
    private static final String FROM = "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba";
    private static final String TO = "f01000";
    private static final String SIGNED =
            """
            {"Message": {"Version": 0, "To": "f01000", "From": "%s", "Nonce": 7,
             "Value": "500000000000000000", "GasLimit": 1, "GasFeeCap": "1", "GasPremium": "1",
             "Method": 0, "Params": null}, "Signature": {"Type": 1, "Data": "AA=="},
             "CID": {"/": "bafy2bzacea"}}
            """
                    .formatted(FROM);

    @TempDir Path temporary;

    @Test
    void shouldSendAMessageWithARequestIdOfItsOwn() throws IOException {
        try (FakeNode node = new FakeNode(call -> json(SIGNED))) {
            final Result sent =
                    cli(node.apiInfo())
                            .run("send", "--from", FROM, "--to", TO, "--value", "0.5FIL", "--json");

            assertThat(sent.exitCode()).isZero();
            assertThat(sent.json().path("nonce").asLong()).isEqualTo(7);
            assertThat(sent.json().path("cid").asText()).isEqualTo("bafy2bzacea");
            final JsonNode call = node.calls().get(0);
            assertThat(call.path("method").asText()).isEqualTo("Filecoin.MpoolPushMessage");
            assertThat(call.path("params").get(0).path("Value").asText())
                    .isEqualTo("500000000000000000");
            assertThat(call.path("params").get(0).path("Nonce").asLong()).isZero();
            final String requestId = call.path("params").get(1).path("MsgUuid").asText();
            assertThat(UUID.fromString(requestId)).hasToString(requestId);
            assertThat(sent.json().path("requestId").asText()).isEqualTo(requestId);
            assertThat(node.authorizations()).containsExactly("Bearer a.b.c");
        }
    }

    @Test
    void shouldTellTheRequestIdToRetryWithWhenItIsNotKnownWhatBecameOfIt() throws IOException {
        final String requestId = "0d0f8a3a-5a5c-4f0e-9a51-0123456789ab";
        final Result sent =
                cli("a.b.c:/ip4/127.0.0.1/tcp/" + deadPort() + "/http")
                        .run(
                                "send",
                                "--from",
                                FROM,
                                "--to",
                                TO,
                                "--value",
                                "0",
                                "--request-id",
                                requestId);

        assertThat(sent.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(sent.err()).contains("no node answered", "request id " + requestId);
        assertThat(sent.out()).isEmpty();
    }

    @Test
    void shouldAskTheNextNodeWhenTheFirstIsDead() throws IOException {
        try (FakeNode node = new FakeNode(call -> json("\"12D3KooWLeader\""))) {
            final Result leader =
                    cli("a.b.c:/ip4/127.0.0.1/tcp/" + deadPort() + "/http," + node.apiInfo())
                            .run("cluster", "leader");

            assertThat(leader.exitCode()).isZero();
            assertThat(leader.out().strip()).isEqualTo("12D3KooWLeader");
        }
    }

    @Test
    void shouldNotAskAnotherNodeWhenTheFirstSaysNo() throws IOException {
        final String no = "{\"error\": {\"code\": 1, \"message\": \"not enough funds: 0 < 1\"}}";
        try (FakeNode first = new FakeNode(call -> json(no));
                FakeNode second = new FakeNode(call -> json("1"))) {
            final Result nonce =
                    cli(first.apiInfo() + "," + second.apiInfo()).run("mpool", "nonce", FROM);

            assertThat(nonce.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
            assertThat(nonce.err().strip()).isEqualTo("nelumbo: not enough funds: 0 < 1");
            assertThat(second.calls()).isEmpty();
        }
    }

    @Test
    void shouldSayThatThereIsNoLeader() throws IOException {
        try (FakeNode node = new FakeNode(call -> json("\"\""))) {
            assertThat(cli(node.apiInfo()).run("cluster", "leader").exitCode())
                    .isEqualTo(ExitCodes.BAD_ANSWER);
        }
    }

    @Test
    void shouldShowNonceAndPendingMessages() throws IOException {
        try (FakeNode node =
                new FakeNode(
                        call ->
                                call.path("method").asText().endsWith("Nonce")
                                        ? json("8")
                                        : json("[" + SIGNED + "]"))) {
            final Cli cli = cli(node.apiInfo());

            assertThat(cli.run("mpool", "nonce", FROM).out().strip()).isEqualTo("8");
            assertThat(cli.run("mpool", "nonce", FROM, "--json").json().path("nonce").asLong())
                    .isEqualTo(8);
            assertThat(cli.run("mpool", "pending").out().strip())
                    .isEqualTo(FROM + " 7 → f01000 0.5FIL bafy2bzacea");
            assertThat(cli.run("mpool", "pending", "--json").json()).hasSize(1);
            assertThat(cli.run("mpool", "pending", "--from", "f02").out().strip())
                    .isEqualTo("nothing is pending");
        }
    }

    @Test
    void shouldShowTheReplicatedState() throws IOException {
        final String state = "{\"NonceMap\": {\"%s\": 7}, \"MsgUuids\": {\"a\": {}}}";
        try (FakeNode node = new FakeNode(call -> json(state.formatted(FROM)))) {
            final Cli cli = cli(node.apiInfo());

            assertThat(cli.run("cluster", "state").out().lines())
                    .containsExactly(FROM + " 7", "1 request ids");
            assertThat(cli.run("cluster", "state", "--json").json())
                    .isEqualTo(json(state.formatted(FROM)));
        }
    }

    @Test
    void shouldFindTheNodeOfAFolderByItsConfigurationAndToken() throws IOException {
        try (FakeNode node = new FakeNode(call -> json("\"12D3KooWLeader\""))) {
            final Path config = temporary.resolve("config.toml");
            Files.writeString(
                    config,
                    "[API]\nListenAddress = \"/ip4/0.0.0.0/tcp/%d/http\"\n".formatted(node.port()));
            final Path folder = temporary.resolve("node");
            new Cli().run("init", "--folder", folder, "--config", config);

            final Result leader =
                    cli("/ip4/127.0.0.1/tcp/1/http").run("cluster", "leader", "--folder", folder);

            assertThat(leader.exitCode()).isZero();
            assertThat(node.authorizations())
                    .containsExactly("Bearer " + Files.readString(folder.resolve("token")).strip());
        }
    }

    @Test
    void shouldRefuseAnAmountWithoutUnitAndOtherNonsense() {
        for (final String value : new String[] {"1", "1.5", "-1FIL", "1e3FIL", "0.5attoFIL", "x"}) {
            assertThat(
                            new Cli()
                                    .run("send", "--from", FROM, "--to", TO, "--value", value)
                                    .exitCode())
                    .as(value)
                    .isEqualTo(ExitCodes.USAGE);
        }
        assertThat(new Cli().run("send", "--from", "f1x", "--to", TO, "--value", "0").exitCode())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(cli("nonsense").run("cluster", "leader").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    private static Cli cli(final String apiInfo) {
        return new Cli().with(NodeClient.VARIABLE, apiInfo);
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static JsonNode json(final String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
