package io.nelumbo.publisher.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is: what the build wrote beside this class. Stateless. */
public final class BuildVersion {
    private static final String RESOURCE = "build.properties";

    private BuildVersion() {}

    /**
     * The version of the Maven build, as in its pom.
     *
     * @throws IllegalStateException if this is no build of ours: it says nothing of its version
     */
    public static String text() {
        final Properties build = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                build.load(in);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final String version = build.getProperty("version");
        if (version == null) {
            throw new IllegalStateException("expected a version in " + RESOURCE + " but was none");
        }
        return version;
    }
}
