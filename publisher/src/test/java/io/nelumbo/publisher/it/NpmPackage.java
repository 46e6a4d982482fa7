package io.nelumbo.publisher.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A package of the npm registry, installed for one test. Whoever builds Nelumbo without npm, or
 * without a registry, skips the test and reads why.
 *
 * @param folder where it is installed
 */
record NpmPackage(Path folder) {
    private static final long PATIENCE_S = 120;

    /**
     * Installs a package, running none of its scripts.
     *
     * @param spec name and exact version
     */
    static NpmPackage install(final Path folder, final String spec)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        final Said version = assumed(folder, List.of("npm", "--version"));
        Assumptions.assumeTrue(version.exitCode() == 0, () -> "npm does not work: " + version);
        final Said installed =
                assumed(
                        folder,
                        List.of(
                                "npm",
                                "install",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--prefix",
                                folder.toString(),
                                spec));
        Assumptions.assumeTrue(
                installed.exitCode() == 0, () -> "npm cannot install " + spec + ": " + installed);
        return new NpmPackage(folder);
    }

    /** Runs a script of the test resources, which imports the package. */
    Said run(final String resource, final String... arguments)
            throws IOException, InterruptedException {
        final Path script = folder.resolve(Path.of(resource).getFileName());
        try (InputStream source = NpmPackage.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(source, resource), script);
        }
        final List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(List.of(arguments));
        return said(folder, command);
    }

    private static Said assumed(final Path folder, final List<String> command)
            throws InterruptedException {
        try {
            return said(folder, command);
        } catch (final IOException e) {
            return Assumptions.abort("npm is absent: " + e.getMessage());
        }
    }

    private static Said said(final Path folder, final List<String> command)
            throws IOException, InterruptedException {
        final Path out = Files.createTempFile(folder, "said-", ".out");
        final Path err = Files.createTempFile(folder, "said-", ".err");
        final Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "expected an end within %d s: %s".formatted(PATIENCE_S, command));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Said(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** What a process said and how it ended. */
    record Said(int exitCode, String out, String err) {}
}
