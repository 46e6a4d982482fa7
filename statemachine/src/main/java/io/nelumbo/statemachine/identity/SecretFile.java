package io.nelumbo.statemachine.identity;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Small files that only their owner may read or write (mode 0600), on a POSIX file system. There is
 * no moment at which anybody else could open one. Stateless.
 */
public final class SecretFile {
    private static final int MAX_BYTES = 64 * 1024;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SecretFile() {}

    /**
     * Writes a new file, whole or not at all: durable, with its name, on return.
     *
     * @throws FileAlreadyExistsException if there is a file of that name; it is not touched
     */
    public static void create(final Path file, final byte[] content) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        final Path temporary = temporary(file, content);
        try {
            // A link fails where a rename would replace a file that came in between.
            Files.createLink(file, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(folderOf(file));
    }

    /**
     * Writes a file in the place of the one that may be there: whoever looks, also after a crash,
     * sees the old content or the new. Durable on return.
     */
    public static void replace(final Path file, final byte[] content) throws IOException {
        final Path temporary = temporary(file, content);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(folderOf(file));
    }

    /** Gives a file another name, in the place of what may have that. Durable on return. */
    public static void rename(final Path file, final Path to) throws IOException {
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(folderOf(to));
    }

    /** Removes a file if it is there. Durable on return; the disk's blocks are not wiped. */
    public static void remove(final Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder(folderOf(file));
        }
    }

    /**
     * Reads a file of at most 64 KiB.
     *
     * @throws IOException if anybody but its owner may read or write it, or it is longer
     */
    public static byte[] read(final Path file) throws IOException {
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!PosixFilePermissions.fromString("rw-------").containsAll(permissions)) {
            throw new IOException(
                    "expected "
                            + file
                            + " to be for its owner only (chmod 600) but was "
                            + PosixFilePermissions.toString(permissions));
        }
        final long bytes = Files.size(file);
        if (bytes > MAX_BYTES) {
            throw new IOException(
                    "expected at most " + MAX_BYTES + " bytes in " + file + " but was " + bytes);
        }
        return Files.readAllBytes(file);
    }

    /** Makes the names in a folder durable: whoever finds one that it has not made itself. */
    public static void forceFolder(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    /** A durable file under a name that starts with a dot; a crash may leave it behind. */
    private static Path temporary(final Path file, final byte[] content) throws IOException {
        final Path temporary =
                Files.createTempFile(
                        folderOf(file), "." + file.getFileName() + ".", "", OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(temporary, WRITE)) {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (final IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return temporary;
    }

    private static Path folderOf(final Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file");
    }
}
