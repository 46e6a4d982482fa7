package io.nelumbo.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The launcher as operators use it, run to its end for its answer. What it makes goes into a folder
 * of this measurement. One thread.
 */
final class OperatorCommand {

    private static final int COMPLAINT_LINES = 4;
    private static final int ANSWER_CHARACTERS = 400;

    private final Path launcher;
    private final Path folder;

    /**
     * A launcher.
     *
     * @param launcher {@code publisher/bin/nelumbo}
     * @param folder one on a disk, for its output
     */
    OperatorCommand(final Path launcher, final Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /**
     * Runs it with {@code --json} behind the arguments.
     *
     * @throws IOException if it does not end in time, or with another exit code than 0, or answers
     *     something else than JSON; the message has the end of what it complained of, and of what
     *     it answered, where a report has its verdict
     */
    JsonNode answer(final Duration patience, final String... arguments)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        command.add("--json");
        final Path output = folder.resolve("command.out");
        final Path errors = folder.resolve("command.err");
        final Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        final Thread atExit = new Thread(process::destroy, "stop " + launcher.getFileName());
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(complaint(arguments, "it runs after " + patience, errors));
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        complaint(arguments, "exit code " + process.exitValue(), errors)
                                + "; its answer ends with: "
                                + end(output));
            }
            return StrictJson.ANSWERS.read(Files.readAllBytes(output));
        } catch (final MalformedJson e) {
            throw new IOException(complaint(arguments, String.valueOf(e.getMessage()), errors), e);
        } finally {
            // In order, so that it stops the nodes that it started.
            process.destroy();
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    private static String end(final Path output) throws IOException {
        final String answer = Files.readString(output).strip();
        return answer.substring(Math.max(0, answer.length() - ANSWER_CHARACTERS));
    }

    private static String complaint(final String[] arguments, final String what, final Path errors)
            throws IOException {
        final List<String> lines = Files.readAllLines(errors);
        return "expected an answer of nelumbo "
                + arguments[0]
                + " but was "
                + what
                + ": "
                + String.join(
                        " / ",
                        lines.subList(Math.max(0, lines.size() - COMPLAINT_LINES), lines.size()));
    }
}
