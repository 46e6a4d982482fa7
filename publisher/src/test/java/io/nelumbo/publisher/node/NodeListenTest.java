package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.publisher.cli.devnet.LastingPorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeListenTest {

    @TempDir Path temporary;

    @Test
    void shouldSayWhichAddressIsTakenAndStartOnceItIsFree() throws Exception {
        // given: somebody else listens where the API should
        final List<Integer> ports = LastingPorts.choose(2);
        final NodeFolder folder = new NodeFolder(temporary.resolve("node"));
        NodeInit.init(
                folder,
                """
                [API]
                ListenAddress = "/ip4/127.0.0.1/tcp/%d/http"
                [Libp2p]
                ListenAddresses = ["/ip4/127.0.0.1/tcp/%d"]
                [Journal]
                FreeSpaceMinBytes = 67108864
                """
                        .formatted(ports.get(0), ports.get(1)));

        try (ServerSocket other =
                new ServerSocket(ports.get(0), 1, InetAddress.getLoopbackAddress())) {
            // then
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(NodeRefused.class)
                    .hasMessageContaining("[API] ListenAddress")
                    .hasMessageContaining("/ip4/127.0.0.1/tcp/" + ports.get(0))
                    .hasMessageContaining("in use");
        }

        // and nothing of the first try stands in the way
        try (Node node = start(folder)) {
            assertThat(node.apiAddress().port()).isEqualTo(ports.get(0));
        }
    }

    private static Node start(final NodeFolder folder) throws Exception {
        final ConfigOutcome.Loaded loaded = (ConfigOutcome.Loaded) folder.config(Map.of());
        return Node.start(
                folder,
                loaded.config(),
                null,
                (reason, cause) -> {
                    throw new AssertionError(reason, cause);
                });
    }
}
