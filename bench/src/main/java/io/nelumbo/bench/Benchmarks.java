package io.nelumbo.bench;

import io.nelumbo.bench.process.Openings;
import io.nelumbo.bench.scale.Scale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks as JMH's own main class does, with the same options ({@code -h} lists them).
 * Only the forks need help: the openings in this jar's manifest hold for the process that {@code
 * java -jar} starts, not for those that measure. With {@code scale} as the first argument it runs
 * what {@link Scale} says.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(final String[] arguments)
            throws CommandLineOptionException, RunnerException, IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("scale")) {
            Scale.run(List.of(arguments).subList(1, arguments.length));
            return;
        }
        final CommandLineOptions options = new CommandLineOptions(arguments);
        if (options.shouldHelp()
                || options.shouldList()
                || options.shouldListWithParams()
                || options.shouldListProfilers()
                || options.shouldListResultFormats()) {
            Main.main(arguments);
            return;
        }
        final List<String> forkArguments = new ArrayList<>(Openings.flags());
        forkArguments.addAll(options.getJvmArgsAppend().orElse(List.of()));
        new Runner(
                        new OptionsBuilder()
                                .parent(options)
                                .jvmArgsAppend(forkArguments.toArray(new String[0]))
                                .build())
                .run();
    }
}
