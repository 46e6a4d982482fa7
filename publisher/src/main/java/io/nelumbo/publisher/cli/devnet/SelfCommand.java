package io.nelumbo.publisher.cli.devnet;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How this program is started once more: the same Java, the same classes. Stateless. */
public final class SelfCommand {
    private static final String MAIN_CLASS = "io.nelumbo.publisher.cli.Nelumbo";

    /**
     * Such a process lives for minutes, beside three others: on two cores their optimising
     * compilers took a third of the machine and never paid it back (295 messages a second with
     * them, 430 without, three leaders killed in both).
     */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx1g",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError");

    /**
     * Narrower bounds on what is compiled as one piece: there is less to compile in the first
     * minutes of a process, and a node that has become the leader has the minutes of a leader's
     * code before it. {@code bin/nelumbo} gives them to a node that stays.
     */
    private static final List<String> BOUNDED_INLINING =
            List.of("-XX:InlineSmallCode=1000", "-XX:MaxInlineLevel=9", "-XX:FreqInlineSize=160");

    /** As the launcher starts a node that stays, with half the heap: there are three of them. */
    private static final List<String> SERVING_JVM_OPTIONS =
            Stream.concat(
                            Stream.of("-Xmx1g", "-XX:+ExitOnOutOfMemoryError"),
                            BOUNDED_INLINING.stream())
                    .toList();

    /** From here on Java warns about sun.misc.Unsafe unless told not to. */
    private static final int WARNS_ABOUT_UNSAFE = 23;

    private SelfCommand() {}

    /**
     * The command without arguments.
     *
     * @param classPath as of the property {@code java.class.path}
     * @param openings what the jar's manifest would open, when there is no jar
     */
    public static List<String> of(final String classPath, final List<String> openings) {
        return with(JVM_OPTIONS, classPath, openings);
    }

    /** The same, for processes whose speed is to be that of nodes that stay. */
    public static List<String> serving(final String classPath, final List<String> openings) {
        return with(SERVING_JVM_OPTIONS, classPath, openings);
    }

    /** Java's options that bound inlining, as nodes that stay have them. */
    public static List<String> boundedInlining() {
        return BOUNDED_INLINING;
    }

    private static List<String> with(
            final List<String> jvmOptions, final String classPath, final List<String> openings) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        if (Runtime.version().feature() >= WARNS_ABOUT_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            command.addAll(sharedClasses(Path.of(classPath).toAbsolutePath()));
            command.addAll(List.of("-jar", Path.of(classPath).toAbsolutePath().toString()));
        } else {
            command.addAll(openings);
            command.addAll(List.of("-cp", classPath, MAIN_CLASS));
        }
        return List.copyOf(command);
    }

    /**
     * Classes as Java left them when this program ran last ({@code bin/nelumbo} has it done): a
     * node is ready a second earlier. Java takes an archive only of the very jar that it was made
     * of, and would complain about another.
     */
    private static List<String> sharedClasses(final Path jar) {
        final Path archive = jar.resolveSibling("nelumbo-" + Runtime.version().feature() + ".jsa");
        return archive.toFile().lastModified() > jar.toFile().lastModified()
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off,cds+dynamic=off")
                : List.of();
    }
}
