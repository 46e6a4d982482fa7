package io.nelumbo.publisher.it;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code nelumbo selftest}, once for all tests of a build and before any of them, as {@code
 * bin/nelumbo} does after a build: Java leaves the classes that it loaded in an archive beside the
 * jar, and every process after it starts from there. Of test processes that run side by side the
 * first runs it; the others wait, and take its word.
 *
 * @param ran what it said
 * @param archive which it left
 */
record SelfTestRun(Program.Ran ran, Path archive) {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** Tells this build from those before; empty outside of one. */
    private static final String BUILD = System.getProperty("nelumbo.build", "");

    private static final List<String> WORDS = List.of("selftest", "--json");

    /** Runs it for a jar. */
    static SelfTestRun of(final Path jar) {
        final Path archive =
                jar.resolveSibling("nelumbo-" + Runtime.version().feature() + ".jsa")
                        .toAbsolutePath();
        final Path lock = jar.resolveSibling("selftest.lock");
        try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE)) {
            // Until the channel is closed.
            final FileLock unused = channel.lock();
            final Path answer = jar.resolveSibling("selftest.answer");
            final Program.Ran before = answered(answer);
            if (before != null) {
                return new SelfTestRun(before, archive);
            }
            final Program.Ran ran = run(jar, archive);
            Files.writeString(answer, BUILD + "\n" + ran.exitCode() + "\n" + ran.out());
            return new SelfTestRun(ran, archive);
        } catch (final IOException e) {
            throw new IllegalStateException("the self-test could not be run", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the self-test", e);
        }
    }

    /** What it said to another test process of this build, or null. */
    private static Program.@Nullable Ran answered(final Path answer) throws IOException {
        if (BUILD.isEmpty() || !Files.exists(answer)) {
            return null;
        }
        final String[] parts = Files.readString(answer).split("\n", 3);
        return parts[0].equals(BUILD)
                ? new Program.Ran(WORDS, Integer.parseInt(parts[1]), parts[2], "")
                : null;
    }

    private static Program.Ran run(final Path jar, final Path archive)
            throws IOException, InterruptedException {
        // Of an earlier build, perhaps; it may be open in nobody's hands.
        Files.deleteIfExists(archive);
        final List<String> command = new ArrayList<>(SelfCommand.of(jar.toString(), List.of()));
        command.addAll(1, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
        return Program.run(PATIENCE, command, WORDS);
    }
}
