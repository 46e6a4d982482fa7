package io.nelumbo.publisher.trace.otel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.nelumbo.publisher.trace.Span;
import io.nelumbo.publisher.trace.TraceParent;
import io.nelumbo.publisher.trace.Tracer.Role;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Spans reach a collector that speaks OTLP over HTTP; one that is away costs nothing but spans. */
final class OtlpTracerTest {
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final TraceParent CLIENT =
            new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void shouldSendSpansToTheCollectorUnderTheClientsTrace() throws Exception {
        final CompletableFuture<String> body = new CompletableFuture<>();
        final HttpServer collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    body.complete(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        try {
            final String url = "http://127.0.0.1:" + collector.getAddress().getPort();
            final TraceParent place;
            try (OtlpTracer tracer = OtlpTracer.open("12D3KooWnode", Map.of(ENDPOINT, url))) {
                final Span span = tracer.begin("commit", Role.INTERNAL, CLIENT);
                place = span.place();
                span.with("nelumbo.nonce", 5).with("nelumbo.upstream", "peer").end();
            }

            assertThat(place.traceId()).isEqualTo(CLIENT.traceId());
            assertThat(body.get(10, TimeUnit.SECONDS))
                    .contains("commit", "nelumbo.nonce", "peer", "12D3KooWnode", "nelumbo")
                    .contains(
                            bytes(CLIENT.traceId()), bytes(CLIENT.spanId()), bytes(place.spanId()));
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void shouldFollowTheClientsChoiceNotToRecord() {
        final TraceParent unrecorded =
                new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        try (OtlpTracer tracer = OtlpTracer.open("node", Map.of(ENDPOINT, NOBODY))) {
            assertThat(isRecorded(tracer.begin("a", Role.SERVER, unrecorded))).isFalse();
            assertThat(isRecorded(tracer.begin("a", Role.SERVER, CLIENT))).isTrue();
            assertThat(isRecorded(tracer.begin("a", Role.SERVER, null))).isTrue();
        }
    }

    @Test
    void shouldSampleAsTheStandardVariableSays() {
        try (OtlpTracer tracer =
                OtlpTracer.open(
                        "node", Map.of(ENDPOINT, NOBODY, "otel.traces.sampler", "always_off"))) {
            assertThat(isRecorded(tracer.begin("a", Role.SERVER, null))).isFalse();
        }
    }

    @Test
    void shouldMakeNoTraceWhenTheVariablesSwitchItOff() {
        try (OtlpTracer tracer = OtlpTracer.open("node", Map.of("otel.sdk.disabled", "true"))) {
            final Span span = tracer.begin("a", Role.SERVER, null);

            assertThat(span.place()).isNull();
            span.with("a", 1).end();
            assertThat(tracer.begin("a", Role.SERVER, CLIENT).place()).isEqualTo(CLIENT);
        }
    }

    /** I10: what finds the queue full is dropped at once. */
    @Test
    void shouldNotWaitForACollectorThatIsAway() throws Exception {
        final int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        final OtlpTracer tracer =
                OtlpTracer.open("node", Map.of(ENDPOINT, "http://127.0.0.1:" + nobody));

        final long start = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            tracer.begin("a", Role.INTERNAL, CLIENT).end();
        }
        tracer.close();

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void shouldSayOnceAMinuteThatSpansAreLost() throws IOException {
        final Logger logger = (Logger) LoggerFactory.getLogger(QuietExporter.class);
        final ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (QuietExporter exporter = quiet(new AtomicLong())) {
            for (int i = 0; i < 100; i++) {
                exporter.export(List.of());
            }
            assertThat(lines.list).hasSize(1);
        }
        final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
        try (QuietExporter exporter = quiet(now)) {
            exporter.export(List.of());
            now.addAndGet(TimeUnit.SECONDS.toNanos(59));
            exporter.export(List.of());
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            exporter.export(List.of());
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(3);
    }

    private static boolean isRecorded(final Span span) {
        return (HexFormat.fromHexDigits(span.place().flags()) & 1) == 1;
    }

    private static QuietExporter quiet(final AtomicLong now) {
        return new QuietExporter(
                new SpanExporter() {
                    @Override
                    public CompletableResultCode export(final Collection<SpanData> spans) {
                        return CompletableResultCode.ofFailure();
                    }

                    @Override
                    public CompletableResultCode flush() {
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode shutdown() {
                        return CompletableResultCode.ofSuccess();
                    }
                },
                now::get);
    }

    private static String bytes(final String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }
}
