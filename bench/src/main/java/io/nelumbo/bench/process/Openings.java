package io.nelumbo.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * What of the JDK is opened to us, as flags for a process that we start. A jar's manifest opens it
 * for the process that {@code java -jar} starts and for no other. Stateless.
 */
public final class Openings {

    private Openings() {}

    /** From the manifest of the jar that we run from; else, as in tests, from our own flags. */
    public static List<String> flags() {
        final String classPath = System.getProperty("java.class.path");
        final Path jar = Path.of(classPath.split(System.getProperty("path.separator"), 2)[0]);
        try {
            return classPath.endsWith(".jar") && Files.isRegularFile(Path.of(classPath))
                    ? ofManifest(jar)
                    : ofThisProcess();
        } catch (final IOException e) {
            throw new UncheckedIOException("expected a readable jar but was " + jar, e);
        }
    }

    private static List<String> ofManifest(final Path jar) throws IOException {
        final List<String> flags = new ArrayList<>();
        try (JarFile open = new JarFile(jar.toFile())) {
            final Attributes manifest = open.getManifest().getMainAttributes();
            for (final String opened : words(manifest, "Add-Opens")) {
                flags.add("--add-opens=" + opened + "=ALL-UNNAMED");
            }
            for (final String exported : words(manifest, "Add-Exports")) {
                flags.add("--add-exports=" + exported + "=ALL-UNNAMED");
            }
        }
        return flags;
    }

    private static List<String> ofThisProcess() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-"))
                .toList();
    }

    private static String[] words(final Attributes manifest, final String key) {
        return Objects.requireNonNull(manifest.getValue(key), key).split(" ");
    }
}
