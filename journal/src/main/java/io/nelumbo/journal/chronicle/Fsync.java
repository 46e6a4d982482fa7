package io.nelumbo.journal.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes files and directory entries survive a power cut. Stateless; never retried (I11). */
final class Fsync {

    private Fsync() {}

    /** The file's bytes and its length, whoever wrote them, memory-mapped pages included. */
    static void file(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Which names the directory holds. */
    static void directory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
