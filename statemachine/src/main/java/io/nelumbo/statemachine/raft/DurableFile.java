package io.nelumbo.statemachine.raft;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Small files that are either the old or the new one after a power cut. Stateless. */
final class DurableFile {

    private DurableFile() {}

    /** Writes a file whole: durable, with its name, on return. */
    static void write(final Path file, final byte[] content) throws IOException {
        final Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, ATOMIC_MOVE);
        forceNameOf(file);
    }

    /** Makes what a file holds durable. */
    static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.force(true);
        }
    }

    /** Makes a file's name durable in its folder. */
    static void forceNameOf(final Path file) throws IOException {
        forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /** Makes the names in a folder durable. */
    static void forceFolder(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
