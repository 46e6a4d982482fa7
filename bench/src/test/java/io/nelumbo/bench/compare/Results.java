package io.nelumbo.bench.compare;

import io.nelumbo.publisher.load.Counts;
import io.nelumbo.publisher.load.Latency;
import io.nelumbo.publisher.load.LoadResult;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Results of loads that nobody ran. */
final class Results {

    private Results() {}

    /** So many in a second, of which one in a hundred took ten times as long as the others. */
    static LoadResult of(final long perSecond, final long usualUs) {
        final Histogram latency = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
        for (int n = 0; n < 1000; n++) {
            latency.recordValue(TimeUnit.MICROSECONDS.toNanos(n < 985 ? usualUs : usualUs * 10));
        }
        return new LoadResult(
                0,
                1,
                new Counts(perSecond, Map.of(), 0, 0),
                new Latency(latency),
                new Latency(new Histogram(3)));
    }

    /** Of an open loop at this rate. */
    static LoadResult offered(final double perSecond) {
        final LoadResult result = of(Math.round(perSecond), 1_000);
        return new LoadResult(
                perSecond, result.seconds(), result.counts(), result.latency(), result.sendLag());
    }
}
