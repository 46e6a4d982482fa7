package io.nelumbo.publisher.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.migration.Findings.Bad;
import io.nelumbo.publisher.migration.Findings.NotTaken;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LotusRepoTest {
    private static final byte[] SECRET = new byte[32];

    @TempDir Path temporary;
    private SyntheticRepo repo;

    @BeforeEach
    void makeRepo() throws IOException {
        repo = SyntheticRepo.make(temporary.resolve("lotus"));
    }

    @Test
    void shouldTakeKeysOfEveryTypeWithTheDefaultFirst() throws Exception {
        final FilecoinKey secp = put(SignatureType.SECP256K1);
        final FilecoinKey bls = put(SignatureType.BLS);
        final FilecoinKey delegated = put(SignatureType.DELEGATED);
        repo.entry("default", "delegated", delegated.privateKey());

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.findings().bad()).isEmpty();
            assertThat(heritage.keys())
                    .extracting(key -> FilecoinKey.of(key).address())
                    .containsExactlyInAnyOrder(secp.address(), bls.address(), delegated.address())
                    .startsWith(delegated.address());
            assertThat(heritage.findings().toString()).doesNotContain("PrivateKey");
        }
    }

    @Test
    void shouldTakeIdentityAndTokenSecret() throws Exception {
        final PeerIdentity identity = PeerIdentity.generate();
        repo.entry("libp2p-host", "libp2p-host", identity.encode())
                .entry("auth-jwt-private", "jwt-hmac-secret", SECRET);

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.identity())
                    .isNotNull()
                    .extracting(PeerIdentity::peerId)
                    .isEqualTo(identity.peerId());
            assertThat(heritage.tokenSecret()).isEqualTo(SECRET);
        }
    }

    @Test
    void shouldWipeItsSecretsWhenClosed() throws Exception {
        put(SignatureType.SECP256K1);
        repo.entry("auth-jwt-private", "jwt-hmac-secret", "s".repeat(32).getBytes());
        final LotusHeritage heritage = read();

        heritage.close();

        assertThat(heritage.tokenSecret()).containsOnly(0);
        assertThat(heritage.keys().get(0).privateKey()).containsOnly(0);
    }

    @Test
    void shouldSayThatTheIdentityChangesWhenItIsRsa() throws Exception {
        repo.entry("libp2p-host", "libp2p-host", new byte[] {0x08, 0x00, 0x12, 0x01, 0x55});

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.identity()).isNull();
            assertThat(heritage.findings().bad()).isEmpty();
            assertThat(whyNot(heritage, "libp2p-host"))
                    .contains("no ed25519", "new identity", "InitPeersetMultiAddr");
        }
    }

    @Test
    void shouldSayWhatIsNotThere() throws Exception {
        try (LotusHeritage heritage = read()) {
            assertThat(whyNot(heritage, "auth-jwt-private")).contains("older tokens do not work");
            assertThat(whyNot(heritage, "libp2p-host")).contains("new identity");
            assertThat(whyNot(heritage, "config.toml")).contains("default");
            assertThat(heritage.keys()).isEmpty();
        }
    }

    @Test
    void shouldLeaveWhatItHasNoUseFor() throws Exception {
        final byte[] key = FilecoinKey.random(SignatureType.BLS, new SecureRandom()).privateKey();
        repo.entry("trash-f1abc", "secp256k1", key)
                .entry("wallet-f1abjxfbp274xpdqcpuaykwkfb43omjotacm2p3za", "secp256k1-ledger", key)
                .entry("something-else", "odd", key);

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.findings().bad()).isEmpty();
            assertThat(whyNot(heritage, "trash-f1abc")).contains("deleted");
            assertThat(whyNot(heritage, "wallet-f1abjxfbp274xpdqcpuaykwkfb43omjotacm2p3za"))
                    .contains("secp256k1-ledger");
            assertThat(whyNot(heritage, "something-else")).isNotEmpty();
        }
    }

    @Test
    void shouldNotChooseADefaultWhoseKeyIsGone() throws Exception {
        final FilecoinKey key = FilecoinKey.random(SignatureType.SECP256K1, new SecureRandom());
        repo.entry("default", "secp256k1", key.privateKey());

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.keys()).isEmpty();
            assertThat(whyNot(heritage, "default")).contains(key.address().toString());
        }
    }

    @Test
    void shouldWarnOfAKeyThatOthersMayRead() throws Exception {
        final FilecoinKey key = put(SignatureType.SECP256K1);
        Files.setPosixFilePermissions(
                repo.fileOf("wallet-" + key.address()),
                PosixFilePermissions.fromString("rw-r--r--"));

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.keys()).hasSize(1);
            assertThat(heritage.findings().warnings())
                    .singleElement()
                    .asString()
                    .contains("wallet-" + key.address(), "rw-r--r--");
        }
    }

    @Test
    void shouldNameEachDamagedFileWithWhatToDo() throws Exception {
        final FilecoinKey key = put(SignatureType.SECP256K1);
        final String other = "wallet-f1abjxfbp274xpdqcpuaykwkfb43omjotacm2p3za";
        repo.file("not base32!", "{}")
                .file(SyntheticRepo.base32("wallet-x"), "{\"Type\":\"secp256k1\"")
                .file(SyntheticRepo.base32("wallet-y"), "{\"Type\":1,\"PrivateKey\":\"\"}")
                .entry(other, "secp256k1", key.privateKey())
                .entry("wallet-z", "bls", new byte[5])
                .entry("libp2p-host", "libp2p-host", new byte[] {0x08, 0x01, 0x12, 0x40, 1})
                .entry("auth-jwt-private", "jwt-hmac-secret", new byte[8])
                .config("[API]\nListenAddress = 5\n");

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.findings().bad())
                    .hasSize(8)
                    .allSatisfy(bad -> assertThat(bad.fix()).isNotEmpty())
                    .extracting(Bad::what)
                    .allMatch(what -> what.startsWith(repo.root().toString()));
            assertThat(texts(heritage.findings().bad()))
                    .contains("config.toml:2: [API] ListenAddress")
                    .contains("not base32")
                    .contains("is named " + other + " but holds the key of " + key.address())
                    .contains("too short for HS256");
            assertThat(heritage.keys()).hasSize(1);
            assertThat(heritage.identity()).isNull();
            assertThat(heritage.tokenSecret()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.toml", "keystore/KEY"})
    void shouldFollowNoLink(final String name) throws Exception {
        final Path outside = Files.writeString(temporary.resolve("shadow"), "[API]\n");
        final Path link =
                repo.root().resolve(name.replace("KEY", SyntheticRepo.base32("auth-jwt-private")));
        Files.createSymbolicLink(link, outside);

        try (LotusHeritage heritage = read()) {
            assertThat(texts(heritage.findings().bad())).contains(link.toString(), "a link");
        }
    }

    @Test
    void shouldReadARepoByALinkButNoKeystore() throws Exception {
        final Path link = Files.createSymbolicLink(temporary.resolve("link"), repo.root());
        LotusRepo.read(link, Map.of()).close();

        Files.delete(repo.keystore());
        Files.createSymbolicLink(repo.keystore(), temporary);

        assertThatThrownBy(this::read).hasMessageContaining("no folder \"keystore\"");
    }

    @Test
    void shouldNotSwallowHugeFiles() throws Exception {
        repo.config("#" + "x".repeat(300 * 1024));
        final Path huge = repo.fileOf("wallet-f1abc");
        try (FileChannel channel =
                FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), 1L << 36);
        }

        try (LotusHeritage heritage = read()) {
            assertThat(heritage.findings().bad())
                    .hasSize(2)
                    .allSatisfy(bad -> assertThat(bad.wrong()).contains("is longer than"));
        }
    }

    @Test
    void shouldNotWaitForAPipe() throws Exception {
        final Path pipe = repo.fileOf("wallet-f1abc");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        try (LotusHeritage heritage = read()) {
            assertThat(texts(heritage.findings().bad())).contains("no regular file");
        }
    }

    @Test
    void shouldRefuseWhatIsNoRepo() {
        assertThatThrownBy(() -> LotusRepo.read(temporary, Map.of()))
                .isInstanceOf(LotusRepo.NoRepo.class)
                .hasMessageContaining("LOTUS_PATH");
        assertThatThrownBy(() -> LotusRepo.read(temporary.resolve("none"), Map.of()))
                .isInstanceOf(LotusRepo.NoRepo.class);
    }

    @Test
    void shouldWarnOfVariablesThatConfiguredLotus() throws Exception {
        try (LotusHeritage heritage =
                LotusRepo.read(
                        repo.root(),
                        Map.of("LOTUS_CLUSTER_COMMITRETRIES", "3", "LOTUS_PATH", "/x"))) {
            assertThat(heritage.findings().warnings())
                    .singleElement()
                    .asString()
                    .contains("LOTUS_CLUSTER_COMMITRETRIES");
        }
    }

    @Test
    void shouldReadARepoThatALotusHoldsOpenAndSaySo() throws Exception {
        try (FileChannel channel =
                        FileChannel.open(
                                repo.root().resolve("repo.lock"), StandardOpenOption.WRITE);
                FileLock held = channel.lock();
                LotusHeritage heritage = read()) {
            assertThat(held.isValid()).isTrue();
            assertThat(heritage.findings().warnings())
                    .singleElement()
                    .asString()
                    .contains("a Lotus daemon runs");
        }
    }

    @Test
    void shouldWriteNothingIntoTheRepo() throws Exception {
        put(SignatureType.BLS);
        repo.config("[API]\n");
        final Map<String, String> before = repo.state();

        read().close();

        assertThat(repo.state()).isEqualTo(before);
    }

    private FilecoinKey put(final SignatureType type) throws IOException {
        final FilecoinKey key = FilecoinKey.random(type, new SecureRandom());
        repo.entry("wallet-" + key.address(), type.keyName(), key.privateKey());
        return key;
    }

    private LotusHeritage read() throws LotusRepo.NoRepo {
        return LotusRepo.read(repo.root(), Map.of());
    }

    private static String whyNot(final LotusHeritage heritage, final String what) {
        return heritage.findings().notTaken().stream()
                .filter(it -> it.what().equals(what))
                .map(NotTaken::why)
                .findAny()
                .orElseThrow(() -> new AssertionError("expected " + what + " not to be taken"));
    }

    private static String texts(final List<Bad> bad) {
        return String.join("\n", bad.stream().map(Bad::text).toList());
    }
}
