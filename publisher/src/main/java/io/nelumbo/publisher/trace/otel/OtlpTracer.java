package io.nelumbo.publisher.trace.otel;

import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.TraceParent;
import io.nelumbo.publisher.trace.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans by OTLP to a collector, in batches, from a thread of its own. The queue before that
 * thread is bounded (2048 spans unless {@code OTEL_BSP_MAX_QUEUE_SIZE} says otherwise), and what
 * finds it full is dropped: a collector that is away costs spans, never memory or time. Any thread.
 *
 * <p>Configured by the standard variables: {@code OTEL_EXPORTER_OTLP_ENDPOINT}
 * (http://localhost:4318 unless set), {@code OTEL_EXPORTER_OTLP_HEADERS}, {@code
 * OTEL_TRACES_SAMPLER} (every trace unless set, or the parent's choice), {@code OTEL_SERVICE_NAME},
 * {@code OTEL_RESOURCE_ATTRIBUTES}.
 *
 * <p>Source: OpenTelemetry, environment variable specification.
 */
public final class OtlpTracer implements Tracer, AutoCloseable {
    private static final String SCOPE = "io.nelumbo";
    private static final long CLOSE_TIMEOUT_S = 2;

    /** Ours where the variables say nothing: this is about traces, and HTTP is what we carry. */
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "otel.service.name", "nelumbo",
                    "otel.traces.exporter", "otlp",
                    "otel.metrics.exporter", "none",
                    "otel.logs.exporter", "none",
                    "otel.propagators", "none",
                    "otel.exporter.otlp.protocol", "http/protobuf");

    private final OpenTelemetrySdk sdk;
    private final io.opentelemetry.api.trace.Tracer tracer;

    private OtlpTracer(final OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer(SCOPE);
    }

    /**
     * Starts the sending thread; connects to nobody yet.
     *
     * @param nodeId tells this node's spans from others'
     * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException if a variable is wrong
     */
    public static OtlpTracer open(final String nodeId) {
        return open(nodeId, Map.of());
    }

    /**
     * The same.
     *
     * @param overrides win over the variables, under the names of the SDK's properties
     */
    static OtlpTracer open(final String nodeId, final Map<String, String> overrides) {
        final AttributeKey<String> instance = AttributeKey.stringKey("service.instance.id");
        final OpenTelemetrySdk sdk =
                AutoConfiguredOpenTelemetrySdk.builder()
                        .addPropertiesSupplier(() -> DEFAULTS)
                        .addPropertiesCustomizer(config -> overrides)
                        .addResourceCustomizer(
                                (resource, config) ->
                                        resource.toBuilder().put(instance, nodeId).build())
                        .addSpanExporterCustomizer(
                                (exporter, config) -> new QuietExporter(exporter))
                        .disableShutdownHook()
                        .build()
                        .getOpenTelemetrySdk();
        return new OtlpTracer(sdk);
    }

    @Override
    public Span begin(final String name, final Role role, final @Nullable TraceParent parent) {
        final SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind(role));
        if (parent == null) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root().with(remote(parent)));
        }
        return new OtelSpan(builder.startSpan());
    }

    /** Sends what waits, for two seconds at most. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
    }

    private static io.opentelemetry.api.trace.Span remote(final TraceParent parent) {
        return io.opentelemetry.api.trace.Span.wrap(
                SpanContext.createFromRemoteParent(
                        parent.traceId(),
                        parent.spanId(),
                        TraceFlags.fromHex(parent.flags(), 0),
                        TraceState.getDefault()));
    }

    private static SpanKind kind(final Role role) {
        return switch (role) {
            case SERVER -> SpanKind.SERVER;
            case INTERNAL -> SpanKind.INTERNAL;
            case CLIENT -> SpanKind.CLIENT;
        };
    }
}
