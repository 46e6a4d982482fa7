package io.nelumbo.statemachine.raft;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;
import org.apache.ratis.util.TimeDuration;

/**
 * Ratis does not start without a registry of metrics, and ours keeps none: what operators watch is
 * on our own page ({@link RaftStatus}), and Ratis decides nothing by what it counts. Its usual
 * registry times several steps of each entry into a sorted map, and publishes each of a hundred
 * figures as a bean of its own, which a start waits for. Ratis finds this class as a service.
 * Stateless.
 */
public final class NoMetrics extends MetricRegistries {

    /** For Ratis. */
    public NoMetrics() {}

    @Override
    public RatisMetricRegistry create(final MetricRegistryInfo info) {
        return new NoRegistry(info);
    }

    @Override
    public boolean remove(final MetricRegistryInfo key) {
        return true;
    }

    @Override
    public Optional<RatisMetricRegistry> get(final MetricRegistryInfo info) {
        return Optional.empty();
    }

    @Override
    public Set<MetricRegistryInfo> getMetricRegistryInfos() {
        return Set.of();
    }

    @Override
    public Collection<RatisMetricRegistry> getMetricRegistries() {
        return List.of();
    }

    @Override
    public void clear() {
        // There is nothing to forget.
    }

    @Override
    public void addReporterRegistration(
            final Consumer<RatisMetricRegistry> reporterRegistration,
            final Consumer<RatisMetricRegistry> stopReporter) {
        // Nobody reports.
    }

    @Override
    public void enableJmxReporter() {
        // Nobody reports.
    }

    @Override
    public void enableConsoleReporter(final TimeDuration consoleReportRate) {
        // Nobody reports.
    }

    private record NoRegistry(MetricRegistryInfo info) implements RatisMetricRegistry {
        private static final Timekeeper.Context NO_TIME = () -> 0;
        private static final Timekeeper NO_TIMEKEEPER = () -> NO_TIME;

        @Override
        public Timekeeper timer(final String name) {
            return NO_TIMEKEEPER;
        }

        @Override
        public LongCounter counter(final String name) {
            return NoCounter.NOTHING;
        }

        @Override
        public boolean remove(final String name) {
            return true;
        }

        @Override
        public <T> void gauge(final String name, final Supplier<Supplier<T>> gaugeSupplier) {
            // Nobody asks.
        }

        @Override
        public MetricRegistryInfo getMetricRegistryInfo() {
            return info;
        }
    }

    private enum NoCounter implements LongCounter {
        NOTHING;

        @Override
        public void inc(final long n) {
            // Nobody asks.
        }

        @Override
        public void dec(final long n) {
            // Nobody asks.
        }

        @Override
        public long getCount() {
            return 0;
        }
    }
}
