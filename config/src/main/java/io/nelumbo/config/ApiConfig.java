package io.nelumbo.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code [API]}: where clients are served.
 *
 * @param listenAddress port 0 takes a free one
 * @param requestTimeout how long one call may take before it is answered with an error
 * @param maxRequestBytes a longer request body is refused
 */
public record ApiConfig(Multiaddr listenAddress, Duration requestTimeout, int maxRequestBytes) {
    static final Key<Multiaddr> LISTEN_ADDRESS =
            Key.multiaddr(
                            "ListenAddress",
                            "/ip4/127.0.0.1/tcp/4567/http",
                            "Where JSON-RPC, health, metrics and the dashboard are served.")
                    .and(address -> address.peerId() == null, "without /p2p");
    static final Key<Duration> REQUEST_TIMEOUT =
            Key.duration(
                    "RequestTimeout",
                    "30s",
                    "10ms",
                    "1h",
                    "How long one call may take before it is answered with an error. Calls that"
                            + " wait for the chain (StateWaitMsg) have their own bound.");
    static final Key<Long> MAX_REQUEST_BYTES =
            Key.integer(
                    "MaxRequestBytes",
                    10 * 1024 * 1024,
                    1024,
                    256 * 1024 * 1024,
                    "Longest request body in bytes; a longer one is refused with HTTP 413.");
    static final Section SECTION =
            new Section(
                    "API",
                    false,
                    "The way in for clients.",
                    List.of(LISTEN_ADDRESS, REQUEST_TIMEOUT, MAX_REQUEST_BYTES));

    static ApiConfig from(final Values values) {
        return new ApiConfig(
                values.get(SECTION, LISTEN_ADDRESS),
                values.get(SECTION, REQUEST_TIMEOUT),
                values.getInt(SECTION, MAX_REQUEST_BYTES));
    }
}
