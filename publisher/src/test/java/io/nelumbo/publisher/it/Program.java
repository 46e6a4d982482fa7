package io.nelumbo.publisher.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program as its users have it: {@code java -jar nelumbo.jar}, a process for each command, with
 * nothing of the surroundings but its folder. Stateless.
 */
final class Program {
    private static final Path JAR =
            Path.of(System.getProperty("nelumbo.jar", "target/nelumbo.jar"));

    /** The first that it ever does in a build. */
    static final SelfTestRun SELF_TEST = SelfTestRun.of(JAR);

    /** What starts it, without arguments. */
    static final List<String> COMMAND = SelfCommand.of(JAR.toString(), List.of());

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Program() {}

    /**
     * Runs one command to its end.
     *
     * @param folder of the node that it is about
     */
    static Ran run(final Path folder, final String... words)
            throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of("--folder", folder.toString()));
        all.addAll(List.of(words));
        return run(PATIENCE, all);
    }

    /** Runs one command that finds its nodes by {@code FULLNODE_API_INFO}. */
    static Ran runAt(final String apiInfo, final String... words)
            throws IOException, InterruptedException {
        return run(PATIENCE, COMMAND, Map.of("FULLNODE_API_INFO", apiInfo), List.of(words));
    }

    /** Runs one command to its end; whatever it started ends with it, also when time is up. */
    static Ran run(final Duration patience, final List<String> words)
            throws IOException, InterruptedException {
        return run(patience, COMMAND, Map.of(), words);
    }

    /** Runs one command to its end, started in another way. */
    static Ran run(final Duration patience, final List<String> command, final List<String> words)
            throws IOException, InterruptedException {
        return run(patience, command, Map.of(), words);
    }

    private static Ran run(
            final Duration patience,
            final List<String> command,
            final Map<String, String> environment,
            final List<String> words)
            throws IOException, InterruptedException {
        final Path out = Files.createTempFile("nelumbo-it-", ".out");
        final Path err = Files.createTempFile("nelumbo-it-", ".err");
        try {
            final Process process = start(command, environment, words, out, err);
            final boolean ended = awaited(process, patience);
            final String said = Files.readString(out);
            final String complained = Files.readString(err);
            if (!ended) {
                throw new AssertionError(
                        "expected %s to end within %s but it did not%n%s%n%s"
                                .formatted(words, patience, said, complained));
            }
            return new Ran(words, process.exitValue(), said, complained);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static Process start(
            final List<String> command,
            final Map<String, String> environment,
            final List<String> words,
            final Path out,
            final Path err)
            throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.command().addAll(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("NELUMBO_"));
        builder.environment().remove("FULLNODE_API_INFO");
        builder.environment().putAll(environment);
        return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    private static boolean awaited(final Process process, final Duration patience)
            throws InterruptedException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            // Their parent's death would leave them to nobody.
            final List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** What a command said and how it ended; as text it is the explanation of a failed test. */
    record Ran(List<String> words, int exitCode, String out, String err) {

        /** Standard output, one JSON value. */
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (final IOException e) {
                throw new UncheckedIOException("expected JSON but was " + this, e);
            }
        }
    }
}
