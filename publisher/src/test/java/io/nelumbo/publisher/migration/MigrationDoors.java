package io.nelumbo.publisher.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.migration.RepoFile.BadFile;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;

/** A Lotus repo that somebody else filled: each file's name and content. */
public final class MigrationDoors {
    private static final int MAX_FILE_BYTES = 64 << 10;

    private MigrationDoors() {}

    /**
     * @param folder where files may be made
     */
    public static Stream<Door> all(final Path folder) {
        return Stream.of(
                Door.ofText(
                        "lotus-key-info",
                        text -> {
                            try {
                                KeyInfo.parse(text.getBytes(UTF_8)).wipe();
                                return true;
                            } catch (final BadFile refused) {
                                return false;
                            }
                        },
                        keyInfo("secp256k1", KnownAccounts.PRIVATE_KEY)),
                Door.ofText(
                        "lotus-keystore-file",
                        text -> reads(folder, text),
                        file(
                                "wallet-" + KnownAccounts.SENDER,
                                keyInfo("secp256k1", KnownAccounts.PRIVATE_KEY)),
                        file("default", keyInfo("secp256k1", KnownAccounts.PRIVATE_KEY)),
                        file(
                                "libp2p-host",
                                keyInfo("libp2p-host", PeerIdentity.generate().encode())),
                        file("auth-jwt-private", keyInfo("jwt-hmac-secret", new byte[32]))));
    }

    /** The first line is the name, the rest the content. */
    private static boolean reads(final Path folder, final String text) throws IOException {
        final int end = text.indexOf('\n');
        final String name = end < 0 ? "" : text.substring(0, end);
        final Path file;
        try {
            file = folder.resolve(name);
            if (name.length() > 120 || !folder.equals(file.getParent())) {
                return false;
            }
            Files.writeString(file, text.substring(end + 1));
        } catch (final InvalidPathException noFile) {
            return false;
        }
        final Findings findings = new Findings();
        try {
            final KeystoreReader reader =
                    new KeystoreReader(findings, new LotusHeritage.Builder(findings));
            reader.read(file, MAX_FILE_BYTES);
            reader.finish();
            return true;
        } catch (final BadFile refused) {
            return false;
        } finally {
            Files.delete(file);
        }
    }

    private static String file(final String name, final String content) {
        return SyntheticRepo.base32(name) + '\n' + content;
    }

    private static String keyInfo(final String type, final byte[] key) {
        return "{\"Type\":\"%s\",\"PrivateKey\":\"%s\"}"
                .formatted(type, Base64.getEncoder().encodeToString(key));
    }
}
