package io.nelumbo.bench.compare;

import io.nelumbo.bench.process.Openings;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One benchmark with JMH, in a process of its own, shorter than one would publish.
 *
 * @param benchmark class and method
 * @param parameters one value each
 */
record JmhRun(String benchmark, Map<String, String> parameters) {

    /** To warm up, and as many that count: few enough seconds, and enough single shots. */
    private static final int ITERATIONS = 6;

    /** Runs it with iterations of this length. */
    RunResult run(final long iterationMs) throws RunnerException {
        final TimeValue iteration = TimeValue.milliseconds(iterationMs);
        final ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("\\." + benchmark.replace(".", "\\.") + "$")
                        .forks(1)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(iteration)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(iteration)
                        .verbosity(VerboseMode.SILENT)
                        .addProfiler(GCProfiler.class)
                        // Not this process's own, which are made for waiting.
                        .jvmArgs("-Xmx2g")
                        .jvmArgsAppend(Openings.flags().toArray(new String[0]));
        parameters.forEach(options::param);
        return new Runner(options.build()).runSingle();
    }
}
