package io.nelumbo.publisher.trace.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line a minute that spans were lost on the way to the collector; the library would say
 * so for each batch, and past our log. Any thread.
 */
final class QuietExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(QuietExporter.class);
    private static final long QUIET_NS = TimeUnit.MINUTES.toNanos(1);

    /** Held, because the logging library forgets settings of loggers that nobody holds. */
    private static final List<java.util.logging.Logger> LIBRARY =
            Stream.of("io.opentelemetry.exporter", "io.opentelemetry.sdk.trace.export")
                    .map(java.util.logging.Logger::getLogger)
                    .toList();

    private final SpanExporter exporter;
    private final LongSupplier nanoTime;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong quietUntilNs;

    QuietExporter(final SpanExporter exporter) {
        this(exporter, System::nanoTime);
    }

    QuietExporter(final SpanExporter exporter, final LongSupplier nanoTime) {
        this.exporter = exporter;
        this.nanoTime = nanoTime;
        this.quietUntilNs = new AtomicLong(nanoTime.getAsLong());
        LIBRARY.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @Override
    public CompletableResultCode export(final Collection<SpanData> spans) {
        final int count = spans.size();
        final CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(
                () -> {
                    if (!result.isSuccess()) {
                        lost(count);
                    }
                });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private void lost(final int spans) {
        final long all = lost.addAndGet(spans);
        final long now = nanoTime.getAsLong();
        final long until = quietUntilNs.get();
        if (now - until >= 0 && quietUntilNs.compareAndSet(until, now + QUIET_NS)) {
            LOG.warn(
                    "traces: the collector took nothing, {} spans are lost since the start; publishing"
                            + " goes on. Is OTEL_EXPORTER_OTLP_ENDPOINT right?",
                    all);
        }
    }
}
