package io.nelumbo.statemachine.raft;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One process at a time on a Raft folder, from the first look into it to the end. */
final class FolderLock implements AutoCloseable {

    static final String FILE = "lock";

    private final FileChannel channel;

    private FolderLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; the operating system gives it back when the process ends.
     *
     * @throws FolderRefused if another node runs on the folder
     */
    static FolderLock acquire(final Path folder) throws IOException {
        Files.createDirectories(folder);
        final FileChannel channel = FileChannel.open(folder.resolve(FILE), CREATE, WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new FolderRefused(
                    "expected to be alone on " + folder + " but another node is running on it");
        }
        return new FolderLock(channel);
    }

    private static boolean locked(final FileChannel channel) throws IOException {
        try {
            final @Nullable Object lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException e) {
            // Held by this very process.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
