package io.nelumbo.publisher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NodeLineTest {
    private static final Duration REST = Duration.ofSeconds(10);

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 5);
    private final ClientConnections connections = ClientConnections.open();
    private final List<JsonRpcClient> nodes = IntStream.range(0, 3).mapToObj(this::nodeAt).toList();
    private final NodeLine line = new NodeLine(nodes, REST, nowNs::get);

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void shouldKeepTheOrderOfTheListAtFirst() {
        assertThat(line.round()).isEqualTo(nodes);
    }

    @Test
    void shouldBeginWithTheNodeThatWorkedLast() {
        line.worked(nodes.get(1));

        assertThat(line.round()).containsExactly(nodes.get(1), nodes.get(2), nodes.get(0));
    }

    @Test
    void shouldLeaveOutASilentNodeUntilItsRestIsOver() {
        line.rest(nodes.get(0));

        assertThat(line.round()).containsExactly(nodes.get(1), nodes.get(2));
        nowNs.addAndGet(REST.toNanos());
        assertThat(line.round()).isEqualTo(nodes);
    }

    @Test
    void shouldNotLeaveOutANodeThatWorksAgain() {
        line.rest(nodes.get(0));
        line.worked(nodes.get(0));

        assertThat(line.round()).isEqualTo(nodes);
    }

    @Test
    void shouldAskAllWhenAllRest() {
        nodes.forEach(line::rest);

        assertThat(line.round()).isEqualTo(nodes);
    }

    private JsonRpcClient nodeAt(final int number) {
        return new JsonRpcClient(
                connections, URI.create("http://127.0.0.1:" + (1 + number)), null, REST, 1);
    }
}
