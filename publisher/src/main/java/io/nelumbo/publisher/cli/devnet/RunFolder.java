package io.nelumbo.publisher.cli.devnet;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that made it. A new folder for one run, with keys and tokens in it: deleted
 * when the run went well or the program is told to stop, kept for who wants to know why when it did
 * not. Killing the program (SIGKILL) leaves it.
 */
public final class RunFolder implements AutoCloseable {
    private static final int EXIT_ATTEMPTS = 50;
    private static final long BETWEEN_ATTEMPTS_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path path;
    private final ExitHook hook;
    private boolean kept;

    private RunFolder(final Path path) {
        this.path = path;
        this.hook = ExitHook.of("delete-run-folder", () -> deleteAtExit(path));
    }

    /**
     * Makes it.
     *
     * @param parent null for where temporary files go
     * @param prefix of its name
     */
    public static RunFolder in(final @Nullable Path parent, final String prefix)
            throws IOException {
        return new RunFolder(
                parent == null
                        ? Files.createTempDirectory(prefix)
                        : Files.createTempDirectory(parent, prefix));
    }

    public Path path() {
        return path;
    }

    /**
     * From now on it stays, however the program ends; false if there is nothing in it to keep, or
     * it is deleted already because the program was told to stop.
     */
    public boolean keep() throws IOException {
        if (hook.isRunning() || isEmpty()) {
            return false;
        }
        kept = true;
        hook.close();
        return true;
    }

    /** Deletes it, unless it is kept; whoever ran in it has ended. */
    @Override
    public void close() throws IOException {
        if (!kept) {
            hook.close();
            delete(path);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Again, while processes that are being killed at the same time still write into it. */
    private static void deleteAtExit(final Path folder) {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                delete(folder);
                System.err.println("stopped; deleted " + folder);
            } catch (final IOException e) {
                if (attempt == EXIT_ATTEMPTS) {
                    System.err.println("stopped; expected to delete " + folder + " but: " + e);
                    return;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS_NS);
            }
        }
    }

    /** Takes what vanishes meanwhile for deleted. */
    private static void delete(final Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(
                            final Path file, final BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(
                            final Path file, final IOException failure) throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            final Path directory, final @Nullable IOException failure)
                            throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
