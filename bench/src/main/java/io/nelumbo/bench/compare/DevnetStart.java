package io.nelumbo.bench.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A devnet as operators start it: from exec to its line that all nodes are ready. It then sends the
 * few messages that it was started for, because only a run that ends well has started. Owned by one
 * thread.
 */
final class DevnetStart {
    private static final String READY = "ready after ";
    private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path launcher;

    DevnetStart(final Path launcher) {
        this.launcher = launcher;
    }

    /**
     * Runs one.
     *
     * @throws IOException if it did not say that it is ready, or did not end well
     */
    double seconds() throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        final Process devnet =
                new ProcessBuilder(
                                launcher.toString(),
                                "devnet",
                                "--messages",
                                "10",
                                "--accounts",
                                "1",
                                "--deadline-s",
                                String.valueOf(PATIENCE.toSeconds()),
                                "--json")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        final Thread atExit = new Thread(devnet::destroy, "stop devnet");
        Runtime.getRuntime().addShutdownHook(atExit);
        try (BufferedReader said = devnet.errorReader(UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.startsWith(READY)) {
                line = said.readLine();
            }
            final double seconds = (System.nanoTime() - startNs) / SECOND_NS;
            said.transferTo(Writer.nullWriter());
            if (line == null || devnet.waitFor() != 0) {
                throw new IOException(
                        "expected a devnet that gets ready and ends well but was exit code "
                                + devnet.waitFor());
            }
            return seconds;
        } finally {
            // In order, so that it stops the nodes that it started.
            devnet.destroy();
            devnet.waitFor();
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }
}
