package io.nelumbo.bench.scale;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs one of the scale measurements and prints its figures, one a line:
 *
 * <pre>
 * java -Xmx10g -cp bench/target/benchmarks.jar io.nelumbo.bench.scale.Scale accounts
 * java -Xmx10g -cp …  io.nelumbo.bench.scale.Scale memory
 * java -Xmx10g -cp …  io.nelumbo.bench.scale.Scale snapshot FOLDER
 * java -Xmx2g  -cp …  io.nelumbo.bench.scale.Scale journal FOLDER     writes 10 GB
 * java -Xmx2g  -cp …  io.nelumbo.bench.scale.Scale start FOLDER       opens it
 * </pre>
 *
 * <p>The last two belong together: between them empty the page cache, if the start is to be cold,
 * and delete the folder afterwards. They need the openings that the launcher's manifest carries, so
 * run them with {@code --add-opens} and {@code --add-exports} as {@code Benchmarks} does.
 */
public final class Scale {

    private Scale() {}

    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final String what = arguments.length == 0 ? "" : arguments[0];
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

    private static Path folder(final String... arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("expected a folder after '" + arguments[0] + "'");
        }
        return Path.of(arguments[1]);
    }
}
