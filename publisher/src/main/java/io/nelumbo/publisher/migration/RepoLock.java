package io.nelumbo.publisher.migration;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whether a Lotus daemon holds its repo: it locks {@code repo.lock} for itself (POSIX, whole file).
 * To share the lock for a moment needs no right to write and changes nothing. Stateless.
 */
final class RepoLock {
    private static final String FILE = "repo.lock";

    private RepoLock() {}

    /** False also when it cannot be told: nothing depends on it but a warning. */
    static boolean isHeld(final Path repo) {
        final Path file = repo.resolve(FILE);
        if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS));
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        } catch (final OverlappingFileLockException e) {
            return true;
        } catch (final IOException cannotTell) {
            return false;
        }
    }
}
