package io.nelumbo.publisher.node;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process off a node's folder: the operating system's lock on {@code node.lock},
 * which ends with the process however it ends, so that no stale lock exists. The file's text only
 * says who. Owned by the starting thread; the lock holds for the whole process.
 */
public final class NodeLock implements AutoCloseable {
    private static final int MAX_HOLDER_BYTES = 200;

    private final FileChannel channel;

    private NodeLock(final FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock if nobody has it; does not wait. */
    public static Outcome take(final NodeFolder folder) throws IOException {
        final FileChannel channel = FileChannel.open(folder.lockFile(), CREATE, READ, WRITE);
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                return new Held(holder(channel));
            }
            final String holder =
                    "process "
                            + ProcessHandle.current().pid()
                            + ", started "
                            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
            taken = true;
            return new Taken(new NodeLock(channel));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Gives the lock back. The file stays: deleting it could let two in. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            // This process has it already.
            return null;
        }
    }

    private static String holder(final FileChannel channel) throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        channel.read(text, 0);
        final String holder =
                new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    /** What taking the lock came to. */
    public sealed interface Outcome {}

    /** It is ours until it is closed. */
    public record Taken(NodeLock lock) implements Outcome {}

    /** It is somebody else's: the node runs already. */
    public record Held(String holder) implements Outcome {}
}
