package io.nelumbo.bench.process;

import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one place that says how the Java processes of a measurement run, so that we and our peers get
 * the same: heap, collector, and what libraries need opened. Stateless.
 */
public final class JvmFlags {

    /** Long logs are held in caches of the engines: room for these, and none to spare. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    /** Else the whole heap is collected whenever classes need more room: 100 ms under load. */
    private static final String ROOM_FOR_CLASSES = "-XX:MetaspaceSize=128m";

    /**
     * The least work in sum where two cores carry four processes. A node has Java's own choice: its
     * heap may be full of what is unconfirmed, and then this one's pauses are longer than its
     * followers wait.
     */
    private static final List<String> COLLECTOR = List.of("-XX:+UseParallelGC");

    /** Java refuses to choose between two. */
    private static final Pattern ANY_COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    private static final String MORE = "NELUMBO_BENCH_JAVA_OPTS";

    private static final int FIRST_TO_WARN_OF_UNSAFE = 23;

    private JvmFlags() {}

    /** What a report of a measurement names. */
    public static List<String> heapAndCollector() {
        return heapAndCollector(more());
    }

    static List<String> heapAndCollector(final List<String> more) {
        final boolean chosen = more.stream().anyMatch(ANY_COLLECTOR.asMatchPredicate());
        return Stream.of(HEAP, chosen ? List.<String>of() : COLLECTOR, more)
                .flatMap(List::stream)
                .toList();
    }

    /** Flags of a process; {@code NELUMBO_BENCH_JAVA_OPTS} adds words that come last and win. */
    public static List<String> standard() {
        return standard(List.of());
    }

    /** Likewise, of a process with a heap or collector of its own. */
    static List<String> standard(final List<String> own) {
        final List<String> flags = new ArrayList<>();
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Dlogback.configurationFile=io/nelumbo/bench/logback-bench.xml");
        flags.add("-Dchronicle.analytics.disable=true");
        flags.add("-Dchronicle.announcer.disable=true");
        flags.add(ROOM_FOR_CLASSES);
        flags.addAll(SelfCommand.boundedInlining());
        flags.addAll(Openings.flags());
        if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        flags.addAll(heapAndCollector(together(own, more())));
        return List.copyOf(flags);
    }

    /** What is asked for from outside wins, and Java takes only one collector. */
    static List<String> together(final List<String> own, final List<String> more) {
        final boolean chosen = more.stream().anyMatch(ANY_COLLECTOR.asMatchPredicate());
        return Stream.concat(
                        own.stream()
                                .filter(flag -> !chosen || !ANY_COLLECTOR.matcher(flag).matches()),
                        more.stream())
                .toList();
    }

    private static List<String> more() {
        final String more = System.getenv(MORE);
        return more == null || more.isBlank() ? List.of() : List.of(more.strip().split("\\s+"));
    }
}
