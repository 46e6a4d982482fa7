package io.nelumbo.bench.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one of the scale measurements and prints its figures, one a line:
 *
 * <pre>
 * java -Xmx12g -jar bench/target/benchmarks.jar scale accounts
 * java -Xmx12g -jar … scale memory
 * java -Xmx12g -jar … scale snapshot FOLDER
 * java -Xmx2g  -jar … scale replica FOLDER [GB]   fills one with a journal of 10 GB
 * java -Xmx2g  -jar … scale start FOLDER          starts it
 * </pre>
 *
 * <p>The last two belong together: between them empty the page cache, if the start is to be cold,
 * and delete the folder afterwards.
 */
public final class Scale {

    private static final long JOURNAL_GB = 10;

    private Scale() {}

    /** Runs what the first argument names. */
    public static void run(final List<String> arguments) throws IOException, InterruptedException {
        final String what = arguments.isEmpty() ? "" : arguments.get(0);
        switch (what) {
            case "accounts" -> AccountScale.run();
            case "memory" -> MemoryScale.run();
            case "snapshot" -> SnapshotScale.run(folder(arguments));
            case "replica" -> ReplicaScale.write(folder(arguments), gigabytes(arguments) << 30);
            case "start" -> StartScale.run(folder(arguments));
            default ->
                    throw new IllegalArgumentException(
                            "expected accounts, memory, snapshot, replica or start but was '"
                                    + what
                                    + "'");
        }
    }

    static void print(final String figure, final Object... values) {
        System.out.printf(figure + "%n", values);
    }

    private static long gigabytes(final List<String> arguments) {
        return arguments.size() > 2 ? Long.parseLong(arguments.get(2)) : JOURNAL_GB;
    }

    private static Path folder(final List<String> arguments) {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("expected a folder after " + arguments);
        }
        return Path.of(arguments.get(1));
    }
}
