package io.nelumbo.publisher.node;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import io.nelumbo.config.PeerId;
import io.nelumbo.publisher.wallet.KeystoreFailure;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.identity.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes a node's folder with all that it needs: built beside its place and renamed into it, so that
 * it is whole or absent, whenever the power goes. Nobody but the owner may look in. Stateless.
 */
public final class NodeInit {
    private NodeInit() {}

    /** Makes a node that is new in everything; the caller has checked its configuration. */
    public static Outcome init(final NodeFolder folder, final String configText)
            throws IOException {
        return init(folder, Founding.anew(configText));
    }

    /**
     * Makes a node.
     *
     * @throws IOException if the folder cannot be made; nothing is left behind
     * @throws KeystoreFailure if the keys cannot be kept; nothing is left behind
     */
    public static Outcome init(final NodeFolder folder, final Founding founding)
            throws IOException {
        final Path parent = Objects.requireNonNull(folder.root().getParent(), "a folder, not /");
        if (Files.exists(folder.root()) && !isEmptyFolder(folder.root())) {
            return refused(folder);
        }
        Files.createDirectories(parent);
        final Path unfinished =
                Files.createTempDirectory(
                        parent,
                        "." + folder.root().getFileName() + ".init-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        try {
            final PeerId peerId = fill(new NodeFolder(unfinished), founding);
            forceFolder(unfinished);
            Files.move(unfinished, folder.root(), ATOMIC_MOVE);
            forceFolder(parent);
            return new Created(peerId);
        } catch (final DirectoryNotEmptyException | FileAlreadyExistsException e) {
            // Somebody else made a node there at the same time; theirs stands.
            return refused(folder);
        } finally {
            deleteIfThere(unfinished);
        }
    }

    private static PeerId fill(final NodeFolder folder, final Founding founding)
            throws IOException {
        final PeerIdentity identity =
                founding.identity() == null ? PeerIdentity.generate() : founding.identity();
        identity.write(folder.identityFile());
        final byte[] given = founding.tokenSecret();
        final byte[] secret = given == null ? TokenRotation.newSecret() : given;
        SecretFile.create(folder.tokenSecretFile(), secret);
        SecretFile.create(folder.tokenFile(), TokenRotation.adminToken(secret));
        SecretFile.create(
                folder.configFile(), founding.configText().getBytes(StandardCharsets.UTF_8));
        try (Wallet wallet = Wallet.open(folder.keystoreFolder(), founding.passphrase())) {
            founding.keys().forEach(wallet::importKey);
        }
        return identity.peerId();
    }

    private static Refused refused(final NodeFolder folder) {
        return new Refused(
                folder.missingFiles().isEmpty()
                        ? folder.root() + " holds a node already; it was not touched"
                        : "expected "
                                + folder.root()
                                + " to be absent or an empty folder but it is not");
    }

    private static boolean isEmptyFolder(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void forceFolder(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    /** Deletes what {@link #fill} made. */
    private static void deleteIfThere(final Path unfinished) throws IOException {
        if (!Files.exists(unfinished)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(unfinished)) {
            for (final Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    /** What making a node came to. */
    public sealed interface Outcome {}

    /** The node is there, durable. */
    public record Created(PeerId peerId) implements Outcome {}

    /** There is something in the folder; it was not touched. */
    public record Refused(String reason) implements Outcome {}
}
