package io.nelumbo.publisher.api.push;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How patient the gateway is, and how generous; names as in the sections {@code [Cluster]} and
 * {@code [Fees]} of the configuration.
 *
 * @param waitForLeader how long a push may look for a leader
 * @param commitRetries how often a commit with an unknown outcome is tried again
 * @param commitRetryDelay between two tries
 * @param maxBalanceAge how old a balance may be that funds are checked against
 * @param defaultMaxFee attoFIL that the gas of a message may cost whose client set no limit
 */
public record GatewayOptions(
        Duration waitForLeader,
        int commitRetries,
        Duration commitRetryDelay,
        Duration maxBalanceAge,
        BigInteger defaultMaxFee) {

    /** The defaults of the configuration. */
    public static GatewayOptions standard() {
        return new GatewayOptions(
                Duration.ofSeconds(15),
                1,
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                BigInteger.valueOf(70_000_000_000_000_000L));
    }
}
