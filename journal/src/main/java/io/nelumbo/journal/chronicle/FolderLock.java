package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One appender per folder, in this process and any other. The operating system drops the lock when
 * the process dies, unlike Chronicle's own, which stores a process id. Any thread.
 */
final class FolderLock implements AutoCloseable {

    private static final String FILE_NAME = "journal.lock";

    private final FileChannel channel;

    private FolderLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws JournalFailure if someone holds it: two nodes must not share a journal
     */
    static FolderLock acquire(final Path folder) {
        try {
            final FileChannel channel =
                    FileChannel.open(
                            folder.resolve(FILE_NAME),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new JournalFailure(
                        "The journal "
                                + folder
                                + " is open already, here or in another process: stop that one"
                                + " first, or use another folder");
            }
            return new FolderLock(channel);
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot lock the journal " + folder, cause);
        }
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot release the journal's lock", cause);
        }
    }
}
