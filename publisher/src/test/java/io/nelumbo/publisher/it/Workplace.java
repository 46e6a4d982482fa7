package io.nelumbo.publisher.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Where a class of integration tests works: a temporary folder, and the processes that run in it.
 * Both are gone when the class is done, however it ends, and also when this JVM is told to stop. A
 * failure tells what the nodes logged. Owned by the test's thread.
 */
final class Workplace
        implements BeforeAllCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final String LOG = "node.log";
    private static final int MAX_LOG_BYTES = 20_000;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::clear, "workplace-exit");
    private @Nullable Path folder;

    /** The folder, or one in it. */
    Path folder(final String... names) {
        return Objects.requireNonNull(folder, "a test class has begun")
                .resolve(String.join("/", names));
    }

    /** Ends this with the class; the last one first. */
    <T extends AutoCloseable> T add(final T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }

    @Override
    public void beforeAll(final ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("nelumbo-it-");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public void afterAll(final ExtensionContext context) {
        Runtime.getRuntime().removeShutdownHook(atExit);
        clear();
    }

    @Override
    public void handleTestExecutionException(
            final ExtensionContext context, final Throwable failure) throws Throwable {
        throw explained(failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(
            final ExtensionContext context, final Throwable failure) throws Throwable {
        throw explained(failure);
    }

    private Throwable explained(final Throwable failure) throws IOException {
        if (failure instanceof TestAbortedException) {
            return failure;
        }
        return new AssertionError(failure + "\n" + logs(), failure);
    }

    private String logs() throws IOException {
        try (Stream<Path> tree = Files.walk(folder())) {
            return tree.filter(file -> file.endsWith(LOG))
                    .sorted()
                    .map(Workplace::log)
                    .collect(Collectors.joining("\n"));
        }
    }

    /** The end of a log, where the reason usually stands. */
    private static String log(final Path file) {
        try {
            final byte[] all = Files.readAllBytes(file);
            final int from = Math.max(0, all.length - MAX_LOG_BYTES);
            return "---- the end of %s ----%n%s"
                    .formatted(
                            file, new String(all, from, all.length - from, StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clear() {
        synchronized (parts) {
            while (!parts.isEmpty()) {
                close(parts.pop());
            }
        }
        final Path made = folder;
        if (made != null && Files.exists(made)) {
            delete(made);
        }
    }

    private static void close(final AutoCloseable part) {
        try {
            part.close();
        } catch (final Exception e) {
            throw new IllegalStateException(part + " did not end", e);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(final Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            final List<Path> all = tree.sorted(Comparator.reverseOrder()).toList();
            for (final Path path : all) {
                Files.deleteIfExists(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
