package io.nelumbo.publisher.api.proxy;

import io.nelumbo.publisher.api.upstream.CallRoom;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.jsonrpc.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a proxy needs of the node around it.
 *
 * @param v0 the upstreams' {@code /rpc/v0}, in the order of the watch
 * @param v1 their {@code /rpc/v1}
 * @param room shared with the node's own questions on behalf of clients
 * @param turnTimeout for an answer to a read while there is another upstream to go to: one that is
 *     stuck must not hold a client up for long
 * @param callTimeout for any other answer of one upstream
 * @param waitTimeout the same for methods that wait for the chain
 * @param executor where answers go on
 */
public record ProxyPorts(
        List<RawClient> v0,
        List<RawClient> v1,
        UpstreamWatch watch,
        CallRoom room,
        Duration turnTimeout,
        Duration callTimeout,
        Duration waitTimeout,
        Executor executor) {

    public ProxyPorts {
        v0 = List.copyOf(v0);
        v1 = List.copyOf(v1);
    }
}
