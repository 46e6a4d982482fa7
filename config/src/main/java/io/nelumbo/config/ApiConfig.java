package io.nelumbo.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code [API]}: where clients are served.
 *
 * @param listenAddress port 0 takes a free one
 * @param requestTimeout how long one call may take before it is answered with an error
 * @param maxRequestBytes a longer request body is refused
 * @param streamListenAddress where the binary door is; port 0 takes a free one; empty for no door
 */
public record ApiConfig(
        Multiaddr listenAddress,
        Duration requestTimeout,
        int maxRequestBytes,
        Optional<Multiaddr> streamListenAddress) {
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
    static final Key<Optional<Multiaddr>> STREAM_LISTEN_ADDRESS =
            Key.optionalMultiaddr(
                            "StreamListenAddress",
                            "Where the binary door for high throughput is (gRPC without TLS, same"
                                    + " tokens): \"/ip4/127.0.0.1/tcp/4568\". Empty: no such door.")
                    .and(ApiConfig::isPlain, "without /http and /p2p");
    static final Section SECTION =
            new Section(
                    "API",
                    false,
                    "The way in for clients.",
                    List.of(
                            LISTEN_ADDRESS,
                            REQUEST_TIMEOUT,
                            MAX_REQUEST_BYTES,
                            STREAM_LISTEN_ADDRESS));

    static ApiConfig from(final Values values) {
        return new ApiConfig(
                values.get(SECTION, LISTEN_ADDRESS),
                values.get(SECTION, REQUEST_TIMEOUT),
                values.getInt(SECTION, MAX_REQUEST_BYTES),
                values.get(SECTION, STREAM_LISTEN_ADDRESS));
    }

    /** Whether both doors would be at one place; port 0 is never the same twice. */
    boolean hasDoorsAtOnePlace() {
        return streamListenAddress
                .filter(stream -> stream.port() != 0 && stream.port() == listenAddress.port())
                .filter(
                        stream ->
                                stream.host().equals(listenAddress.host())
                                        || stream.isUnspecified()
                                        || listenAddress.isUnspecified())
                .isPresent();
    }

    private static boolean isPlain(final Optional<Multiaddr> address) {
        return address.isEmpty()
                || (address.get().scheme() == Multiaddr.Scheme.NONE
                        && address.get().peerId() == null);
    }
}
