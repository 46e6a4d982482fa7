package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.DefaultConfig;
import io.nelumbo.publisher.cli.Cli.Result;
import io.nelumbo.publisher.node.BuildVersion;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.NodeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that need a node's folder, or nothing at all. */
final class NelumboTest {
    @TempDir Path temporary;

    @Test
    void shouldDocumentItsExitCodesAndEveryCommand() {
        final Result help = new Cli().run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("Exit codes:", "no node answered", "Examples:")
                .contains("init", "config", "net", "auth", "wallet", "send", "mpool", "cluster")
                .contains("journal");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void shouldSayWhichBuildItIs() {
        assertThat(new Cli().run("--version").out())
                .startsWith("nelumbo " + BuildVersion.text() + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nat",
                "net",
                "config check a b",
                "send",
                "init --what",
                "auth create-token"
            })
    void shouldExitWithTwoWhenItDoesNotUnderstand(final String line) {
        final Result result = new Cli().run((Object[]) line.split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("nelumbo: ").contains("--help`)");
        assertThat(result.err().strip()).doesNotContain("\n");
    }

    @Test
    void shouldSayInJsonWhyThereIsNoAnswer() {
        final Result result = new Cli().run("--json", "--folder", temporary, "net", "id");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(result.errorJson().path("exitCode").asInt()).isEqualTo(4);
        assertThat(result.errorJson().path("error").asText()).contains("nelumbo init");
    }

    @Test
    void shouldMakeANodeAndKnowItsPeerIdAndAddress() {
        final Path folder = temporary.resolve("node");

        final Result init = new Cli().run("init", "--folder", folder, "--json");
        final Result id = new Cli().run("net", "id", "--folder", folder);
        final Result listen = new Cli().run("--folder", folder, "net", "listen", "--json");

        assertThat(init.exitCode()).isZero();
        assertThat(init.json().path("folder").asText()).isEqualTo(folder.toString());
        final String peerId = init.json().path("peerId").asText();
        assertThat(id.out().strip()).isEqualTo(peerId).startsWith("12D3KooW");
        assertThat(listen.json().path("addresses").get(0).asText())
                .isEqualTo("/ip4/127.0.0.1/tcp/2222/p2p/" + peerId);
        assertThat(listen.err()).isEmpty();
    }

    @Test
    void shouldFindTheNodeByVariable() {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);

        assertThat(new Cli().with(NodeFolder.VARIABLE, folder.toString()).run("net", "id").out())
                .startsWith("12D3KooW");
    }

    @Test
    void shouldRefuseToMakeANodeTwice() {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);
        final Result before = new Cli().run("net", "id", "--folder", folder);

        final Result again = new Cli().run("init", "--folder", folder);

        assertThat(again.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(again.err()).contains("holds a node already");
        assertThat(new Cli().run("net", "id", "--folder", folder)).isEqualTo(before);
    }

    @Test
    void shouldMakeANodeWithAConfigurationThatIsRightOnly() throws IOException {
        final Path right = temporary.resolve("right.toml");
        final Path wrong = temporary.resolve("wrong.toml");
        Files.writeString(right, "[API]\nListenAddress = \"/ip4/127.0.0.1/tcp/7777/http\"\n");
        Files.writeString(wrong, "[API]\nListenAddress = 5\n");
        final Path node = temporary.resolve("node");

        assertThat(new Cli().run("init", "--folder", node, "--config", wrong).exitCode())
                .isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(node).doesNotExist();
        assertThat(new Cli().run("init", "--folder", node, "--config", right).exitCode()).isZero();
        assertThat(node.resolve("config.toml")).hasSameTextualContentAs(right);
    }

    @Test
    void shouldNamePeersAddressesThatOthersCanUse() throws IOException {
        final Path config = temporary.resolve("config.toml");
        Files.writeString(
                config,
                "[Libp2p]\nListenAddresses = [\"/ip4/0.0.0.0/tcp/2222\", \"/ip6/::/tcp/2222\"]\n");
        final Path node = temporary.resolve("node");
        new Cli().run("init", "--folder", node, "--config", config);

        final Result listen = new Cli().run("--folder", node, "net", "listen");

        assertThat(listen.out().lines())
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("/ip4/")
                                        .contains("/tcp/2222/p2p/12D3")
                                        .doesNotContain("0.0.0.0"));
    }

    @Test
    void shouldPrintTheDefaultConfigurationAsText() {
        assertThat(new Cli().run("config", "default").out()).isEqualTo(DefaultConfig.text());
        assertThat(new Cli().run("config", "default", "--json").json().path("toml").asText())
                .isEqualTo(DefaultConfig.text());
    }

    @Test
    void shouldReportAllMistakesOfAConfigurationAndExitWithOne() throws IOException {
        final Path file = temporary.resolve("config.toml");
        Files.writeString(
                file, "[API]\nA = 1\n[Cluster]\nClusterModeEnabled = true\nTracing = 0\n[B]\n");

        final Result text =
                new Cli().with("NELUMBO_PIPELINE_RINGSIZE", "3").run("config", "check", file);
        final Result json =
                new Cli()
                        .with("NELUMBO_PIPELINE_RINGSIZE", "3")
                        .run("config", "check", file, "--json");

        assertThat(text.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(text.out()).contains(file + ":2:1: [API] A", "5 found");
        assertThat(json.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(json.json().path("ok").asBoolean()).isFalse();
        assertThat(json.json().path("errors")).hasSize(5);
        assertThat(json.json().path("errors").get(4).path("line").asInt()).isEqualTo(6);
    }

    @Test
    void shouldResetNothingWhenThereIsNothingOrNoBackupWouldBeKept() throws IOException {
        final Path file = temporary.resolve("config.toml");
        Files.writeString(file, "[Cluster]\nBackupsRotate = 0\n");
        final Path keepsNone = temporary.resolve("keeps-none");
        final Path fresh = temporary.resolve("fresh");
        new Cli().run("init", "--folder", keepsNone, "--config", file);
        new Cli().run("init", "--folder", fresh);

        final Result none = new Cli().run("--folder", keepsNone, "cluster", "reset");
        final Result nothing =
                new Cli().run("--folder", fresh, "cluster", "reset", "--really-do-it");

        assertThat(none.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(none.err()).contains("BackupsRotate is 0");
        assertThat(nothing.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(nothing.err()).contains("there is nothing to reset");
    }

    @Test
    void shouldFindThatANodeIsNoMemberOfItsPeerSet() {
        final Path node = temporary.resolve("node");
        final Path sample = Path.of("..", "config", "samples", "node-0.toml");
        new Cli().run("init", "--folder", node, "--config", sample);

        final Result own = new Cli().run("config", "check", "--folder", node);
        final Result elsewhere = new Cli().run("config", "check", sample);

        assertThat(own.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(own.out()).contains("does not name this node");
        assertThat(elsewhere.exitCode()).isZero();
        assertThat(elsewhere.out()).contains("no mistake found");
    }

    /** What makes a token revoked; that such a token is a 401 is JsonRpcServerTest's. */
    @Test
    void shouldRevokeEveryTokenWhenTheSecretIsRotated() throws IOException {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);
        final NodeFolder node = new NodeFolder(folder);
        final String before = node.adminToken();

        final Result refused = new Cli().run("auth", "rotate", "--folder", folder);
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(node.tokens().caller(before)).isNotNull();
        final Result rotated =
                new Cli().run("auth", "rotate", "--really-do-it", "--folder", folder, "--json");

        assertThat(rotated.json().path("restartNeeded").asBoolean(true)).isFalse();
        assertThat(node.tokens().caller(before)).isNull();
        assertThat(node.tokens().verify(node.adminToken())).contains("admin");
        assertThat(Files.getPosixFilePermissions(node.tokenSecretFile())).hasSize(2);
    }

    @Test
    void shouldSayThatARunningNodeTakesRevokedTokensUntilItIsStartedAgain() throws IOException {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);

        try (NodeLock running = ((NodeLock.Taken) NodeLock.take(new NodeFolder(folder))).lock()) {
            final Result rotated =
                    new Cli().run("auth", "rotate", "--really-do-it", "--folder", folder);

            assertThat(running).isNotNull();
            assertThat(rotated.exitCode()).isZero();
            assertThat(rotated.out()).contains("takes the old tokens until it is started again");
        }
    }

    @Test
    void shouldMakeTokensThatAllowWhatWasAskedForAndLess() throws IOException {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);
        final NodeFolder node = new NodeFolder(folder);

        final Result token =
                new Cli().run("auth", "create-token", "--perm", "sign", "--folder", folder);
        final Result apiInfo = new Cli().run("auth", "api-info", "--folder", folder);
        final Result json =
                new Cli().run("auth", "api-info", "--perm", "read", "--folder", folder, "--json");

        assertThat(node.tokens().verify(token.out().strip()))
                .containsExactly("read", "write", "sign");
        assertThat(apiInfo.out().strip())
                .isEqualTo(
                        "FULLNODE_API_INFO=" + node.adminToken() + ":/ip4/127.0.0.1/tcp/4567/http");
        assertThat(json.json().path("permissions")).hasSize(1);
        assertThat(new Cli().run("auth", "create-token", "--perm", "all").exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldMakeListExportAndImportKeys() {
        final Path one = temporary.resolve("one");
        final Path two = temporary.resolve("two");
        new Cli().run("init", "--folder", one);
        new Cli().run("init", "--folder", two);

        final String address = new Cli().run("wallet", "new", "--folder", one).out().strip();
        final String key = new Cli().run("wallet", "export", address, "--folder", one).out();
        final Result imported = new Cli().typing(key).run("wallet", "import", "--folder", two);

        assertThat(address).startsWith("f1");
        assertThat(imported.out().strip()).isEqualTo(address);
        assertThat(new Cli().run("wallet", "list", "--folder", two).out().strip())
                .isEqualTo(address + " *");
        assertThat(
                        new Cli()
                                .run("wallet", "list", "--folder", two, "--json")
                                .json()
                                .path("addresses")
                                .get(0)
                                .asText())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"secp256k1, f1", "bls, f3", "delegated, f410f"})
    void shouldMakeKeysOfEveryType(final String type, final String prefix) {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);

        final Result made = new Cli().run("wallet", "new", type, "--folder", folder);

        assertThat(made.out()).startsWith(prefix);
        assertThat(new Cli().run("wallet", "new", "rsa", "--folder", folder).exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldEncryptKeysAndAskForTheirPassphrase() {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);
        final Result made = new Cli().run("wallet", "new", "bls", "--folder", folder);
        final String address = made.out().strip();
        final String key = new Cli().run("wallet", "export", address, "--folder", folder).out();

        final Result encrypted =
                withPassphrase("secret").run("wallet", "encrypt", "--folder", folder, "--json");

        assertThat(made.err()).contains("not encrypted").contains("wallet encrypt");
        assertThat(encrypted.json().path("encrypted").asInt()).isEqualTo(1);
        assertThat(new Cli().run("wallet", "list", "--folder", folder).out()).contains(address);
        final Result locked = new Cli().run("wallet", "export", address, "--folder", folder);
        assertThat(locked.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(locked.err()).contains("locked").contains("PassphraseSource");
        final Result wrong =
                withPassphrase("sekret").run("wallet", "export", address, "--folder", folder);
        assertThat(wrong.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(wrong.err()).contains("wrong passphrase").doesNotContain("sekret");
        assertThat(withPassphrase("secret").run("wallet", "export", address, "--folder", folder))
                .extracting(Result::out)
                .isEqualTo(key);
    }

    private static Cli withPassphrase(final String passphrase) {
        return new Cli()
                .with("NELUMBO_WALLET_PASSPHRASESOURCE", "environment")
                .with("NELUMBO_PASSPHRASE", passphrase);
    }

    @Test
    void shouldRefuseWhatIsNoKey() {
        final Path folder = temporary.resolve("node");
        new Cli().run("init", "--folder", folder);

        final Result garbage =
                new Cli().typing("hunter2").run("wallet", "import", "--folder", folder);
        final Result unknown =
                new Cli()
                        .run(
                                "wallet",
                                "export",
                                "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba",
                                "--folder",
                                folder);

        assertThat(garbage.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(garbage.err()).doesNotContain("hunter2");
        assertThat(unknown.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(new Cli().run("wallet", "export", "nobody", "--folder", folder).exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }
}
