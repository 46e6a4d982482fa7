package io.nelumbo.publisher.cli.devnet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the devnet's main thread. One {@code nelumbo daemon} in a JVM of its own, whose output
 * goes to {@code node.log} in its folder.
 */
public final class NodeProcess implements AutoCloseable {
    private static final long STOP_TIMEOUT_MS = 20_000;

    private final Path folder;
    private final List<String> command;
    private @Nullable Process process;

    /**
     * @param folder the node's; it must exist when the node is started
     * @param command with its arguments
     */
    public NodeProcess(final Path folder, final List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /** Starts the node; it must not be running. */
    public void start() throws IOException {
        if (isRunning()) {
            throw new IllegalStateException("node in " + folder + " is running already");
        }
        final Path log = folder.resolve("node.log");
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
    }

    /** Whether it was started and has not ended. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The operating system's number of the process, which was started. */
    public long pid() {
        return running().pid();
    }

    /** SIGKILL: no goodbye, nothing flushed. Returns when the process is gone. */
    public void kill() throws InterruptedException {
        running().destroyForcibly();
        running().waitFor();
    }

    /** SIGTERM; does not wait. */
    public void askToStop() {
        if (isRunning()) {
            running().destroy();
        }
    }

    /** Waits for a process that was asked to stop; SIGKILL when it does not heed. */
    public void awaitStop() throws InterruptedException {
        if (isRunning() && !running().waitFor(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /** SIGKILL, if it was started; does not wait. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("node in " + folder + " was never started");
        }
        return process;
    }
}
