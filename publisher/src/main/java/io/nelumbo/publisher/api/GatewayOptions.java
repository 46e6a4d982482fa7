package io.nelumbo.publisher.api;

import java.time.Duration;

/**
 * How patient the gateway is; names as in the section {@code [Cluster]} of the configuration.
 *
 * @param waitForLeader how long a push may look for a leader
 * @param commitRetries how often a commit with an unknown outcome is tried again
 * @param commitRetryDelay between two tries
 * @param maxBalanceAge how old a balance may be that funds are checked against
 */
public record GatewayOptions(
        Duration waitForLeader,
        int commitRetries,
        Duration commitRetryDelay,
        Duration maxBalanceAge) {

    /** The defaults of the configuration. */
    public static GatewayOptions standard() {
        return new GatewayOptions(
                Duration.ofSeconds(15), 1, Duration.ofMillis(200), Duration.ofSeconds(3));
    }
}
