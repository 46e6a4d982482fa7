package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.Permission;
import io.nelumbo.publisher.api.Tokens;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.cli.Cli.Result;
import io.nelumbo.publisher.migration.SyntheticRepo;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LotusTakeoverTest {
    private static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path temporary;
    private final PeerIdentity identity = PeerIdentity.generate();
    private final FilecoinKey bls = FilecoinKey.random(SignatureType.BLS, new SecureRandom());
    private final FilecoinKey secp =
            FilecoinKey.random(SignatureType.SECP256K1, new SecureRandom());
    private SyntheticRepo repo;
    private Path node;

    @BeforeEach
    void makeRepo() throws IOException {
        node = temporary.resolve("node");
        repo =
                SyntheticRepo.make(temporary.resolve("lotus"))
                        .config(config(identity.peerId().toString()))
                        .entry("wallet-" + bls.address(), "bls", bls.privateKey())
                        .entry("wallet-" + secp.address(), "secp256k1", secp.privateKey())
                        .entry("default", "secp256k1", secp.privateKey())
                        .entry("libp2p-host", "libp2p-host", identity.encode())
                        .entry("auth-jwt-private", "jwt-hmac-secret", SECRET);
    }

    @Test
    void shouldGoOnWithAddressesPeerIdTokensAndConfiguration() throws IOException {
        final String oldToken = new Tokens(SECRET).create(List.of(Permission.WRITE));
        final Map<String, String> before = repo.state();

        final Result result = takeOver("--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().path("peerId").asText()).isEqualTo(identity.peerId().toString());
        final NodeFolder folder = new NodeFolder(node);
        assertThat(folder.identity().peerId()).isEqualTo(identity.peerId());
        assertThat(folder.tokens().verify(oldToken)).containsExactly("write");
        final JsonNode wallet = run("wallet", "list", "--json").json();
        assertThat(wallet.path("default").asText()).isEqualTo(secp.address().toString());
        assertThat(wallet.path("addresses")).hasSize(2);
        assertThat(run("config", "check").exitCode()).isZero();
        assertThat(Files.readString(folder.configFile()))
                .contains("\n  ListenAddress = \"/ip4/127.0.0.1/tcp/5678/http\"")
                .contains("\n  ClusterModeEnabled = true")
                .contains("\n  CommitRetries = 3")
                .contains("\n  #CommitRetryDelay");
        assertThat(repo.state()).isEqualTo(before);
    }

    @Test
    void shouldReportWhatItTookAndWhatNotAndWhatIsNext() {
        final Result text = takeOver();

        assertThat(text.out())
                .contains("Taken from Lotus:")
                .contains("wallet-" + bls.address())
                .contains("[Cluster] CommitRetries: 3")
                .contains("Not taken:")
                .contains("[Chainstore]: concerns the chain node")
                .contains("the keys are not encrypted")
                .contains("at the nonce that the upstreams report");
    }

    @Test
    void shouldReportTheSameInJson() {
        final JsonNode json = takeOver("--json").json();

        assertThat(json.path("taken").findValuesAsText("what"))
                .contains("libp2p-host", "auth-jwt-private", "[API] ListenAddress");
        assertThat(json.path("notTaken").findValuesAsText("what")).containsExactly("[Chainstore]");
        assertThat(json.path("warnings")).hasSize(1);
        assertThat(json.path("next")).isNotEmpty();
        assertThat(json.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void shouldMakeSecretsForTheirOwnerOnly() throws IOException {
        takeOver();

        try (Stream<Path> all = Files.walk(node)) {
            assertThat(all.toList())
                    .allSatisfy(
                            path ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(path)))
                                            .as(path.toString())
                                            .endsWith("------"));
        }
    }

    @Test
    void shouldEncryptTheKeysWhenThereIsAPassphrase() throws IOException {
        final Cli cli =
                new Cli()
                        .with("NELUMBO_WALLET_PASSPHRASESOURCE", "environment")
                        .with("NELUMBO_PASSPHRASE", "correct horse battery staple");

        final Result result = cli.run("--folder", node, "init", "--from-lotus", repo.root());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).doesNotContain("not encrypted");
        final Path file = node.resolve("keystore/" + bls.address() + ".key");
        assertThat(Files.readString(file)).contains("scrypt").doesNotContain("PrivateKey");
    }

    @Test
    void shouldMakeNothingWhenThePassphraseIsMissing() throws IOException {
        final Cli cli = new Cli().with("NELUMBO_WALLET_PASSPHRASESOURCE", "environment");

        final Result result = cli.run("--folder", node, "init", "--from-lotus", repo.root());

        assertThat(result.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(result.err()).contains("expected a passphrase");
        assertThat(namesIn(temporary)).containsExactly("lotus");
    }

    @Test
    void shouldMakeNothingOfADamagedRepoUnlessToldTo() throws IOException {
        repo.file("rubbish", "x").file(SyntheticRepo.base32("wallet-f1\u001b[2J"), "{");

        final Result refused = takeOver();

        assertThat(refused.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(refused.err())
                .contains("2 damaged parts", "rubbish", "is no KeyInfo", "--skip-bad-files")
                .doesNotContain("\u001b");
        assertThat(namesIn(temporary)).containsExactly("lotus");

        final Result skipped = takeOver("--skip-bad-files");

        assertThat(skipped.exitCode()).isZero();
        assertThat(skipped.out()).contains("rubbish: has a name that is not base32");
        assertThat(run("wallet", "list", "--json").json().path("addresses")).hasSize(2);
    }

    @Test
    void shouldSayThatThePeerSetHasToNameTheNewIdentity() throws IOException {
        repo.entry("libp2p-host", "libp2p-host", new byte[] {0x08, 0x00, 0x12, 0x00});

        final Result result = takeOver();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("libp2p-host: is no ed25519 key")
                .contains("does not name this node");
    }

    @Test
    void shouldTakeOnlyTheKeysWhenAConfigurationIsGiven() throws IOException {
        final Path config = temporary.resolve("mine.toml");
        Files.writeString(config, "[API]\nListenAddress = \"/ip4/127.0.0.1/tcp/7777/http\"\n");

        final Result result = takeOver("--config", config.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(node.resolve("config.toml")).hasSameTextualContentAs(config);
        assertThat(result.out()).contains("config.toml: --config says").doesNotContain("5678");
        assertThat(new NodeFolder(node).identity().peerId()).isEqualTo(identity.peerId());
    }

    @Test
    void shouldNotTouchANodeThatIsThere() throws IOException {
        new Cli().run("--folder", node, "init");
        final byte[] before = Files.readAllBytes(node.resolve("identity.key"));

        final Result result = takeOver();

        assertThat(result.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(result.err()).contains("holds a node already");
        assertThat(node.resolve("identity.key")).hasBinaryContent(before);
        assertThat(namesIn(temporary)).containsExactlyInAnyOrder("lotus", "node");
    }

    private Result takeOver(final String... words) {
        return new Cli()
                .run(
                        Stream.concat(
                                        Stream.of(
                                                "--folder",
                                                node,
                                                "init",
                                                "--from-lotus",
                                                repo.root()),
                                        Stream.of(words))
                                .toArray());
    }

    private Result run(final String... words) {
        return new Cli()
                .run(Stream.concat(Stream.of("--folder", node), Stream.of(words)).toArray());
    }

    private static String config(final String ownPeerId) {
        return """
               [API]
               ListenAddress = "/ip4/127.0.0.1/tcp/5678/http"
               [Libp2p]
               ListenAddresses = ["/ip4/0.0.0.0/tcp/3333", "/ip6/::/tcp/3333"]
               [Cluster]
               ClusterModeEnabled = true
               CommitRetries = 3
               InitPeersetMultiAddr = ["/ip4/127.0.0.1/tcp/3333/p2p/%s",
                 "/ip4/127.0.0.1/tcp/2222/p2p/12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF",
                 "/ip4/127.0.0.1/tcp/4444/p2p/12D3KooWHxNgWfmiJGf6sFXbjQhnBHudsXGz9WAuZB1H4LLwxx7V"]
               [Chainstore]
               EnableSplitstore = true
               """
                .formatted(ownPeerId);
    }

    private static List<String> namesIn(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
