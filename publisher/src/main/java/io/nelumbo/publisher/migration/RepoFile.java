package io.nelumbo.publisher.migration;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file in somebody else's folder: opened for reading only, a regular file and no link to one, and
 * no longer than its kind ever is. Stateless.
 */
final class RepoFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<OpenOption> READ_IT = Set.of(READ, NOFOLLOW_LINKS);

    private RepoFile() {}

    /**
     * What a file holds.
     *
     * @throws BadFile if it is no such file
     */
    static byte[] read(final Path file, final int maxBytes) throws BadFile {
        try {
            if (!attributes(file).isRegularFile()) {
                // Somebody's link could lead to any file, and a pipe would never end.
                throw new BadFile(
                        "is no regular file" + (Files.isSymbolicLink(file) ? " but a link" : ""),
                        "put the file itself there");
            }
            try (SeekableByteChannel channel = Files.newByteChannel(file, READ_IT)) {
                return content(channel, maxBytes);
            }
        } catch (final IOException e) {
            throw new BadFile("cannot be read: " + e, "make it readable for this user");
        }
    }

    /** The modes of a file that others than its owner have a hand in, or null. */
    static @Nullable String laxMode(final Path file) throws BadFile {
        try {
            final Set<PosixFilePermission> mode = EnumSet.copyOf(attributes(file).permissions());
            return OWNER_ONLY.containsAll(mode) ? null : PosixFilePermissions.toString(mode);
        } catch (final IOException e) {
            throw new BadFile("cannot be looked at: " + e, "make it readable for this user");
        }
    }

    private static PosixFileAttributes attributes(final Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
    }

    private static byte[] content(final SeekableByteChannel channel, final int maxBytes)
            throws IOException, BadFile {
        final byte[] buffer = new byte[maxBytes + 1];
        final ByteBuffer bytes = ByteBuffer.wrap(buffer);
        try {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            if (!bytes.hasRemaining()) {
                throw new BadFile(
                        "is longer than " + maxBytes + " bytes", "no file of its kind is");
            }
            return Arrays.copyOf(buffer, bytes.position());
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /** A file that cannot be used; says what is wrong with it, and what its owner can do. */
    static final class BadFile extends Exception {
        private static final long serialVersionUID = 1L;

        private final String wrong;
        private final String fix;

        BadFile(final String wrong, final String fix) {
            super(wrong + "; " + fix);
            this.wrong = wrong;
            this.fix = fix;
        }

        String wrong() {
            return wrong;
        }

        String fix() {
            return fix;
        }
    }
}
