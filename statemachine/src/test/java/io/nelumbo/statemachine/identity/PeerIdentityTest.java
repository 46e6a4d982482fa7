package io.nelumbo.statemachine.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerIdentityTest {
    /** The ed25519 private key of the libp2p peer ids specification. */
    private static final byte[] KNOWN =
            HexFormat.of()
                    .parseHex(
                            "08011240"
                                    + "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"
                                    + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");

    private static final String KNOWN_ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    @TempDir Path folder;

    @Test
    void shouldKnowThePeerIdOfTheSpecificationsKey() throws IOException {
        final PeerIdentity identity = PeerIdentity.decode(KNOWN);

        assertThat(identity.peerId()).hasToString(KNOWN_ID);
        assertThat(identity.encode()).isEqualTo(KNOWN);
    }

    @Test
    void shouldSignAsRfc8032Says() throws IOException {
        // given: test 1 of RFC 8032, section 7.1, in libp2p's form
        final PeerIdentity identity =
                PeerIdentity.decode(
                        HexFormat.of()
                                .parseHex(
                                        "08011240"
                                                + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                                                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

        // when
        final byte[] signature = identity.sign(new byte[0]);

        // then
        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                                + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(PeerIdentity.verify(identity.peerId(), new byte[0], signature)).isTrue();
    }

    @Test
    void shouldReadBackWhatItWroteForItsOwnerOnly() throws IOException {
        final PeerIdentity identity = PeerIdentity.generate();
        final Path file = folder.resolve("identity.key");

        identity.write(file);

        assertThat(PeerIdentity.read(file).peerId()).isEqualTo(identity.peerId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldNotWriteOverAnotherIdentity() throws IOException {
        final Path file = folder.resolve("identity.key");
        final PeerIdentity first = PeerIdentity.generate();
        first.write(file);

        assertThatThrownBy(() -> PeerIdentity.generate().write(file))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(PeerIdentity.read(file).peerId()).isEqualTo(first.peerId());
    }

    @Test
    void shouldRefuseAFileThatOthersMayRead() throws IOException {
        final Path file = folder.resolve("identity.key");
        PeerIdentity.generate().write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> PeerIdentity.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void shouldNameTheFileThatHoldsNoIdentity() throws IOException {
        final Path file = folder.resolve("identity.key");
        SecretFile.create(file, "not a key".getBytes(UTF_8));

        assertThatThrownBy(() -> PeerIdentity.read(file))
                .isInstanceOf(MalformedIdentity.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("68 bytes but was 9");
    }

    @Test
    void shouldRefuseAFileThatIsMuchTooLong() throws IOException {
        final Path file = folder.resolve("identity.key");
        SecretFile.create(file, new byte[65 * 1024]);

        assertThatThrownBy(() -> PeerIdentity.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 65536 bytes");
    }

    @Test
    void shouldRefuseHalvesThatDoNotBelongTogether() {
        final byte[] mixed = KNOWN.clone();
        mixed[4] ^= 1;

        assertThatThrownBy(() -> PeerIdentity.decode(mixed))
                .isInstanceOf(MalformedIdentity.class)
                .hasMessageContaining("public key");
    }

    @Test
    void shouldRefuseAnotherKindOfKey() {
        final byte[] secp256k1 = KNOWN.clone();
        secp256k1[1] = 2;

        assertThatThrownBy(() -> PeerIdentity.decode(secp256k1))
                .isInstanceOf(MalformedIdentity.class);
    }

    @Property(tries = 200)
    void shouldRefuseAnyOtherBytes(@ForAll @Size(max = 100) final byte[] bytes) {
        assertThatThrownBy(() -> PeerIdentity.decode(bytes)).isInstanceOf(MalformedIdentity.class);
    }

    @Test
    void shouldNotTakeAnothersSignatureForOurs() {
        final PeerIdentity ours = PeerIdentity.generate();
        final PeerIdentity theirs = PeerIdentity.generate();
        final byte[] message = {1, 2, 3};
        final byte[] signature = theirs.sign(message);

        assertThat(PeerIdentity.verify(theirs.peerId(), message, signature)).isTrue();
        assertThat(PeerIdentity.verify(ours.peerId(), message, signature)).isFalse();
        assertThat(PeerIdentity.verify(theirs.peerId(), message, Arrays.copyOf(signature, 3)))
                .isFalse();
    }

    @Test
    void shouldNotShowItsKey() {
        final PeerIdentity identity = PeerIdentity.generate();

        assertThat(identity).hasToString("PeerIdentity[" + identity.peerId() + "]");
    }
}
