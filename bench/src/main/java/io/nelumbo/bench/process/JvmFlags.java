package io.nelumbo.bench.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one place that says how the Java processes of a measurement run, so that we and our peers get
 * the same: heap, collector, and what libraries need opened. Stateless.
 */
public final class JvmFlags {

    /** Long logs are held in caches of the engines: room for these, and none to spare. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    /** The smallest pauses in sum where two cores carry four processes. */
    private static final List<String> COLLECTOR = List.of("-XX:+UseParallelGC");

    private static final String MORE = "NELUMBO_BENCH_JAVA_OPTS";

    private static final int FIRST_TO_WARN_OF_UNSAFE = 23;

    private JvmFlags() {}

    /** What a report of a measurement names. */
    public static List<String> heapAndCollector() {
        return Stream.concat(HEAP.stream(), COLLECTOR.stream()).toList();
    }

    /** Flags of a process; {@code NELUMBO_BENCH_JAVA_OPTS} adds words that come last and win. */
    public static List<String> standard() {
        final List<String> flags = new ArrayList<>();
        flags.addAll(heapAndCollector());
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Dlogback.configurationFile=io/nelumbo/bench/logback-bench.xml");
        flags.add("-Dchronicle.analytics.disable=true");
        flags.add("-Dchronicle.announcer.disable=true");
        flags.addAll(Openings.flags());
        if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        final String more = System.getenv(MORE);
        if (more != null && !more.isBlank()) {
            flags.addAll(List.of(more.strip().split("\\s+")));
        }
        return List.copyOf(flags);
    }
}
