package io.nelumbo.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of ours, the same Java and class path as this one. They talk in lines, on its
 * standard input and output; what it writes on its standard error goes to a file. It is killed when
 * it is closed or when this process ends, and ends by itself when this process was killed (see
 * {@link ParentWatch}). Used by one thread.
 */
public final class ChildJvm implements AutoCloseable {

    private static final String END = "\u0000end";
    private static final int COMPLAINT_LINES = 12;
    private static final long EXIT_WAIT_S = 10;

    private final String name;
    private final Process process;
    private final Path errors;
    private final BufferedWriter input;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final Thread atExit;

    private ChildJvm(final String name, final Process process, final Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.atExit = new Thread(process::destroyForcibly, "kill " + name);
    }

    /**
     * Starts one.
     *
     * @param name for messages and its error file, unique in the folder
     * @param main the class whose {@code main} is run
     * @param folder where the error file goes
     */
    public static ChildJvm start(
            final String name, final Class<?> main, final List<String> arguments, final Path folder)
            throws IOException {
        return start(name, main, arguments, folder, List.of());
    }

    /**
     * Likewise.
     *
     * @param own flags of its heap or its collector, in place of the usual ones
     */
    public static ChildJvm start(
            final String name,
            final Class<?> main,
            final List<String> arguments,
            final Path folder,
            final List<String> own)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.standard(own));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        final Path errors = folder.resolve(name + ".err");
        final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        final ChildJvm child = new ChildJvm(name, process, errors);
        Runtime.getRuntime().addShutdownHook(child.atExit);
        final Thread reader = new Thread(child::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** Tells it one line. */
    public void say(final String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(complaint("to take '" + line + "'"), e);
        }
    }

    /**
     * The rest of the first line that begins so; other lines before it are passed over.
     *
     * @throws IllegalStateException if it ends first or does not say so in time; the message has
     *     the end of its error file
     */
    public String await(final String beginning, final Duration timeout) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                final String line =
                        output.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new IllegalStateException(
                            complaint("to say '" + beginning + "' within " + timeout));
                }
                if (line.equals(END)) {
                    output.add(END);
                    process.waitFor(EXIT_WAIT_S, TimeUnit.SECONDS);
                    throw new IllegalStateException(complaint("to say '" + beginning + "'"));
                }
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length()).strip();
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    public String name() {
        return name;
    }

    /** The process, for {@code kill -9} and for looking at what it used. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(EXIT_WAIT_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException(complaint("to end after SIGKILL"));
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IllegalStateException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                output.add(line);
                line = lines.readLine();
            }
            output.add(END);
        } catch (final IOException e) {
            // Its end of the pipe is gone, and so is it.
            output.add(END);
        }
    }

    private String complaint(final String expectation) {
        final String state =
                process.isAlive() ? "it runs" : "it ended with exit code " + process.exitValue();
        return "expected "
                + name
                + " "
                + expectation
                + " but "
                + state
                + "; it complained:\n"
                + lastErrors();
    }

    private String lastErrors() {
        try {
            final List<String> lines = Files.readAllLines(errors);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - COMPLAINT_LINES), lines.size()));
        } catch (final IOException e) {
            return "(unreadable: " + e + ")";
        }
    }
}
