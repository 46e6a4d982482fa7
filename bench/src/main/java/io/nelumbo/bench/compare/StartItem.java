package io.nelumbo.bench.compare;

import io.nelumbo.bench.process.Waiting;
import io.nelumbo.bench.process.WorkFolder;
import io.nelumbo.publisher.cli.devnet.LastingPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Item 9: from exec to a node that clients may be sent to, by the launcher as operators use it. */
final class StartItem {

    private static final String COMMAND = "bench/bin/compare --only start";
    private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    private final Path launcher;
    private final Path parent;
    private final int rounds;
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean archiveUsed = true;

    /**
     * A measurement of starts.
     *
     * @param launcher {@code publisher/bin/nelumbo}
     * @param parent a folder on a disk
     */
    StartItem(final Path launcher, final Path parent, final int rounds) {
        this.launcher = launcher;
        this.parent = parent;
        this.rounds = rounds;
    }

    List<Item> items() throws IOException, InterruptedException {
        final List<Double> seconds = new ArrayList<>();
        try (WorkFolder work = WorkFolder.onDisk(parent)) {
            final int api = made(work.path());
            for (int round = 0; round < rounds; round++) {
                seconds.add(start(work.path(), api));
            }
        }
        final DevnetStart devnet = new DevnetStart(launcher);
        final List<Double> devnetSeconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            devnetSeconds.add(devnet.seconds());
        }
        return List.of(
                new Item(
                        9,
                        "daemon ready after exec",
                        new Series(seconds),
                        "s",
                        null,
                        Goal.figureAtMost(2),
                        archiveUsed
                                ? "with an archive of its classes"
                                : "without an archive of its classes",
                        COMMAND),
                new Item(
                        9,
                        "devnet ready after exec",
                        new Series(devnetSeconds),
                        "s",
                        null,
                        Goal.figureAtMost(6),
                        "three new nodes, their keys made, and a chain",
                        COMMAND));
    }

    /** A node without peers; the launcher has built and archived by then, which is no start. */
    private int made(final Path folder) throws IOException, InterruptedException {
        final List<Integer> ports = LastingPorts.choose(2);
        final Path config = folder.resolve("start.toml");
        Files.writeString(
                config,
                """
                [API]
                ListenAddress = "/ip4/127.0.0.1/tcp/%d/http"
                [Libp2p]
                ListenAddresses = ["/ip4/127.0.0.1/tcp/%d"]
                """
                        .formatted(ports.get(0), ports.get(1)));
        final Process init =
                command(folder, "init", "--config", config.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!init.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            final Process unused = init.destroyForcibly();
            throw new IOException("expected to make a node within " + PATIENCE);
        }
        if (init.exitValue() != 0) {
            throw new IOException(
                    "expected to make a node but was exit code "
                            + init.exitValue()
                            + ": "
                            + Files.readString(folder.resolve("start.err")));
        }
        return ports.get(0);
    }

    private double start(final Path folder, final int api)
            throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        final Process daemon =
                command(folder, "daemon").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        final Thread atExit = new Thread(daemon::destroyForcibly, "kill daemon");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            final boolean ended =
                    Waiting.until(() -> isReady(api) || !daemon.isAlive(), PATIENCE, LOOK_EVERY);
            final double seconds = (System.nanoTime() - startNs) / SECOND_NS;
            if (!ended || !daemon.isAlive()) {
                throw new IOException(
                        "expected a ready node but was not: "
                                + Files.readString(folder.resolve("start.err")));
            }
            archiveUsed &= usesArchive(daemon);
            return seconds;
        } finally {
            daemon.destroyForcibly().waitFor();
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    /** The launcher has become Java by then. */
    private static boolean usesArchive(final Process daemon) {
        return Arrays.stream(daemon.info().arguments().orElse(new String[0]))
                .anyMatch(argument -> argument.startsWith(ARCHIVE));
    }

    private ProcessBuilder command(final Path folder, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.add("--folder");
        command.add(folder.resolve("node").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(folder.resolve("start.err").toFile());
    }

    private boolean isReady(final int api) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + api
                                                                    + "/health/readyz"))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (final IOException e) {
            // It does not listen yet.
            return false;
        }
    }
}
