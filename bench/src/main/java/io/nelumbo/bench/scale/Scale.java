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
 * java -Xmx2g  -jar … scale journal FOLDER     writes 10 GB
 * java -Xmx2g  -jar … scale start FOLDER       opens it
 * </pre>
 *
 * <p>The last two belong together: between them empty the page cache, if the start is to be cold,
 * and delete the folder afterwards.
 */
public final class Scale {

    private Scale() {}

    /** Runs what the first argument names. */
    public static void run(final List<String> arguments) throws IOException, InterruptedException {
        final String what = arguments.isEmpty() ? "" : arguments.get(0);
        switch (what) {
            case "accounts" -> AccountScale.run();
            case "memory" -> MemoryScale.run();
            case "snapshot" -> SnapshotScale.run(folder(arguments));
            case "journal" -> JournalScale.write(folder(arguments));
            case "start" -> JournalScale.start(folder(arguments));
            default ->
                    throw new IllegalArgumentException(
                            "expected accounts, memory, snapshot, journal or start but was '"
                                    + what
                                    + "'");
        }
    }

    static void print(final String figure, final Object... values) {
        System.out.printf(figure + "%n", values);
    }

    private static Path folder(final List<String> arguments) {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("expected a folder after " + arguments);
        }
        return Path.of(arguments.get(1));
    }
}
