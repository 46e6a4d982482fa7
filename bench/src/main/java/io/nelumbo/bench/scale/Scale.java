package io.nelumbo.bench.scale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one of the scale measurements and prints its figures, each line {@value #FIGURES} and one
 * JSON object:
 *
 * <pre>
 * java -Xms9g -Xmx9g -XX:+UseParallelGC -jar bench/target/benchmarks.jar scale accounts
 * java -Xmx10g -jar … scale memory
 * java -Xms9g -Xmx9g -Xmn4g -XX:+UseParallelGC -jar … scale snapshot FOLDER
 * java -Xmx2g  -jar … scale replica FOLDER [MB]   fills one with a journal of 10 GB
 * java -Xmx2g  -jar … scale start FOLDER          starts it
 * </pre>
 *
 * <p>The last two belong together: between them empty the page cache, if the start is to be cold,
 * and delete the folder afterwards. The first three take how many accounts, or messages, as a last
 * argument; without, a million and ten million.
 */
public final class Scale {

    /** What a line of figures begins with. */
    public static final String FIGURES = "FIGURES ";

    private static final long JOURNAL_MB = 10 << 10;
    private static final long MESSAGES = 10_000_000;
    private static final long MANY_ACCOUNTS = 1_000_000;

    private Scale() {}

    /** A process of its own; see {@link #run}. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        run(List.of(arguments));
    }

    /** Runs what the first argument names. */
    public static void run(final List<String> arguments) throws IOException, InterruptedException {
        final String what = arguments.isEmpty() ? "" : arguments.get(0);
        switch (what) {
            case "accounts" -> print(AccountScale.run((int) number(arguments, 1, MANY_ACCOUNTS)));
            case "memory" -> MemoryScale.run(number(arguments, 1, MESSAGES)).forEach(Scale::print);
            case "snapshot" ->
                    SnapshotScale.run(folder(arguments), number(arguments, 2, MESSAGES))
                            .forEach(Scale::print);
            case "replica" ->
                    ReplicaScale.write(folder(arguments), number(arguments, 2, JOURNAL_MB) << 20);
            case "start" -> StartScale.run(folder(arguments)).forEach(Scale::print);
            default ->
                    throw new IllegalArgumentException(
                            "expected accounts, memory, snapshot, replica or start but was '"
                                    + what
                                    + "'");
        }
    }

    static void print(final ObjectNode figures) {
        System.out.println(
                FIGURES + new String(StrictJson.ANSWERS.write(figures), StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static long number(final List<String> arguments, final int at, final long usual) {
        return arguments.size() > at ? Long.parseLong(arguments.get(at)) : usual;
    }

    private static Path folder(final List<String> arguments) {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("expected a folder after " + arguments);
        }
        return Path.of(arguments.get(1));
    }
}
