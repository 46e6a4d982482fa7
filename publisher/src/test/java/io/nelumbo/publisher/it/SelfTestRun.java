package io.nelumbo.publisher.it;

import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code nelumbo selftest}, once for all tests and before any of them, as {@code bin/nelumbo} does
 * after a build: Java leaves the classes that it loaded in an archive beside the jar, and every
 * process after it starts from there.
 *
 * @param ran what it said
 * @param archive which it left
 */
record SelfTestRun(Program.Ran ran, Path archive) {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** Runs it for a jar. */
    static SelfTestRun of(final Path jar) {
        final Path archive =
                jar.resolveSibling("nelumbo-" + Runtime.version().feature() + ".jsa")
                        .toAbsolutePath();
        try {
            // Of an earlier build, perhaps; it may be open in nobody's hands.
            Files.deleteIfExists(archive);
            final List<String> command = new ArrayList<>(SelfCommand.of(jar.toString(), List.of()));
            command.addAll(1, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
            return new SelfTestRun(
                    Program.run(PATIENCE, command, List.of("selftest", "--json")), archive);
        } catch (final IOException e) {
            throw new IllegalStateException("the self-test could not be run", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the self-test", e);
        }
    }
}
