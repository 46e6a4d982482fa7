package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS: whom the system trusts, and nobody else. */
final class SystemTrustTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";

    private @TempDir Path folder;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        final Path keys = folder.resolve("keys.p12");
        final Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                PASSWORD,
                                "-storetype",
                                "PKCS12",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=nelumbo",
                                "-ext",
                                "SAN=ip:127.0.0.1")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    final byte[] body = "{\"id\":1,\"result\":7}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
        server.stop(0);
    }

    @Test
    void shouldTrustWhomTheSystemTrusts() throws Exception {
        trustTheServer();

        assertThat(call("127.0.0.1")).isEqualTo(7);
    }

    @Test
    void shouldNotTrustAStranger() {
        assertThatThrownBy(() -> call("127.0.0.1"))
                .hasCauseInstanceOf(JsonRpcFailure.Transport.class);
    }

    @Test
    void shouldNotTrustAnotherHostsCertificate() {
        trustTheServer();

        // The certificate names the address, not the name.
        assertThatThrownBy(() -> call("localhost"))
                .hasCauseInstanceOf(JsonRpcFailure.Transport.class);
    }

    private void trustTheServer() {
        System.setProperty(TRUST_STORE, folder.resolve("keys.p12").toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
    }

    private int call(final String host) throws Exception {
        try (ClientConnections connections = ClientConnections.open()) {
            final URI url = URI.create("https://" + host + ":" + server.getAddress().getPort());
            return new JsonRpcClient(connections, url, null, Duration.ofSeconds(10), 4096)
                    .call("m")
                    .get(20, TimeUnit.SECONDS)
                    .asInt();
        }
    }

    private static SSLContext context(final Path keys) throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        final KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
