package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class UpstreamNetworkTest {
    private static final DevChainOptions NO_TIPSETS = DevChainOptions.every(1_000_000);

    private final ClientConnections connections = ClientConnections.open();

    @AfterEach
    void closeConnections() {
        connections.close();
    }

    @Test
    void shouldKnowTheNetworkOfAnUpstreamThatIsThere() {
        try (DevChainServer chain = DevChainServer.start(NO_TIPSETS, 0);
                UpstreamNetwork network = new UpstreamNetwork()) {
            network.ask(List.of(node(chain.url())));

            assertThat(network.get()).isEqualTo(Network.TESTNET);
        }
    }

    @Test
    void shouldLearnTheNetworkOfAnUpstreamThatComesLater() throws Exception {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (UpstreamNetwork network = new UpstreamNetwork()) {
            network.ask(List.of(node("http://127.0.0.1:" + port + "/rpc/v1")));
            assertThat(network.get()).isEqualTo(Network.MAINNET);

            try (DevChainServer chain = DevChainServer.start(NO_TIPSETS, port)) {
                assertThat(chain.url()).contains(":" + port);
                while (network.get() == Network.MAINNET) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            }
        }
    }

    @Test
    void shouldWriteAsOnMainnetWhenNobodyEverSaid() {
        final UpstreamNetwork network = new UpstreamNetwork();

        network.ask(List.of());
        network.close();

        assertThat(network.get()).isEqualTo(Network.MAINNET);
    }

    private LotusNode node(final String url) {
        return new LotusNode(
                new JsonRpcClient(
                        connections, URI.create(url), null, Duration.ofSeconds(10), 1 << 20),
                new LotusJson(Network.MAINNET));
    }
}
