package io.nelumbo.publisher.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LastingPortsTest {

    @Test
    void shouldChooseDifferentPortsThatNoOutgoingConnectionIsGiven() throws Exception {
        final List<Integer> ports = LastingPorts.choose(50);

        assertThat(ports).doesNotHaveDuplicates().hasSize(50).allMatch(port -> port >= 10_000);
        assertThat(ports).allMatch(port -> port < 32_768);
    }

    @Test
    void shouldLeaveThemFreeToListenOn() throws Exception {
        final int port = LastingPorts.choose(1).get(0);

        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
