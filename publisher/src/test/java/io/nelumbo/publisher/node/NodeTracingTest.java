package io.nelumbo.publisher.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.nelumbo.config.ConfigOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code [Cluster] Tracing} does what it says, in a node that is alone. */
final class NodeTracingTest {
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private HttpServer collector;

    @TempDir Path temporary;

    @BeforeEach
    void collect() throws IOException {
        collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/",
                exchange -> {
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        System.clearProperty(ENDPOINT);
        collector.stop(0);
    }

    @Test
    void shouldSendItsSpansWhenTracingIsOn() throws Exception {
        askAndStop("true");

        assertThat(bodies.poll(10, TimeUnit.SECONDS)).contains("Filecoin.ID", "nelumbo");
    }

    @Test
    void shouldSendNothingWhenTracingIsOff() throws Exception {
        askAndStop("false");

        assertThat(bodies).isEmpty();
    }

    private void askAndStop(final String tracing) throws Exception {
        final NodeFolder folder = new NodeFolder(temporary.resolve("node"));
        NodeInit.init(
                folder,
                """
                [API]
                ListenAddress = "/ip4/127.0.0.1/tcp/0/http"
                [Libp2p]
                ListenAddresses = ["/ip4/127.0.0.1/tcp/%d"]
                [Journal]
                FreeSpaceMinBytes = 67108864
                [Cluster]
                Tracing = %s
                """
                        .formatted(freePort(), tracing));
        final ConfigOutcome.Loaded loaded = (ConfigOutcome.Loaded) folder.config(Map.of());
        try (Node node =
                Node.start(
                        folder,
                        loaded.config(),
                        null,
                        (reason, cause) -> {
                            throw new AssertionError(reason, cause);
                        })) {
            final HttpRequest call =
                    HttpRequest.newBuilder(node.apiAddress().url("/rpc/v1"))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"id\":1,\"method\":\"Filecoin.ID\"}"))
                            .build();
            assertThat(
                            HttpClient.newHttpClient()
                                    .send(call, HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .contains("12D3KooW");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
