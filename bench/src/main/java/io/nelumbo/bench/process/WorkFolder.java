package io.nelumbo.bench.process;

import io.nelumbo.publisher.load.RealDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A new folder that is deleted with all that is in it, at the latest when this process ends. Owned
 * by the thread that made it.
 */
public final class WorkFolder implements AutoCloseable {

    private static final int EXIT_ATTEMPTS = 50;
    private static final long BETWEEN_ATTEMPTS_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path path;
    private final Thread atExit;

    private WorkFolder(final Path path) {
        this.path = path;
        this.atExit = new Thread(() -> deleteAtExit(path), "delete " + path);
    }

    /**
     * A new folder within another, which is made if it is not there.
     *
     * @throws IOException if that one is not on a disk, or cannot be written
     */
    public static WorkFolder onDisk(final Path parent) throws IOException {
        Files.createDirectories(parent);
        final String unused = RealDisk.under(parent);
        return in(parent);
    }

    /** A new folder for what is shared between processes and never has to be on a disk. */
    public static WorkFolder inMemory(final Path fallback) throws IOException {
        final Path shared = Path.of("/dev/shm");
        return in(Files.isWritable(shared) ? shared : fallback);
    }

    private static WorkFolder in(final Path parent) throws IOException {
        final WorkFolder folder =
                new WorkFolder(Files.createTempDirectory(parent, "nelumbo-bench-"));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete(path);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException e) {
            // This process ends already: the hook finds nothing, or what is left.
            return;
        }
    }

    /** Again, while processes that are being killed at the same time still write into it. */
    private static void deleteAtExit(final Path folder) {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                delete(folder);
            } catch (final UncheckedIOException e) {
                if (attempt == EXIT_ATTEMPTS) {
                    System.err.println(
                            "expected to delete " + folder + " but failed: " + e.getCause());
                    return;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS_NS);
            }
        }
    }

    private static void delete(final Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (final IOException e) {
            throw new UncheckedIOException("expected to delete " + folder + " but failed", e);
        }
    }

    /** Takes what vanishes meanwhile for deleted. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException failure)
                throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(final Path folder, final IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
