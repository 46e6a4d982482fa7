package io.nelumbo.publisher.publish.port;

import java.time.Duration;

/**
 * How the publisher behaves.
 *
 * @param requestIdRetention how long a request id is remembered at least after its message got its
 *     nonce, in time that passes while somebody leads
 * @param seed of the jitter between retries
 */
public record PublishOptions(
        Pushing pushing,
        Confirming confirming,
        Asking asking,
        Duration requestIdRetention,
        long seed) {

    /** For a Filecoin network with epochs of 30 s. */
    public static PublishOptions defaults() {
        return new PublishOptions(
                new Pushing(
                        1_000,
                        128,
                        1 << 20,
                        Duration.ofSeconds(150),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(30)),
                new Confirming(5, Duration.ofSeconds(5), Duration.ofMinutes(1), 1, false),
                new Asking(
                        8,
                        16,
                        Duration.ofSeconds(30),
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)),
                Duration.ofDays(7),
                0);
    }

    public PublishOptions {
        requirePositive("requestIdRetention", requestIdRetention);
    }

    /**
     * How a lane pushes.
     *
     * @param windowMessages a lane never pushes at or beyond its first unconfirmed nonce plus this
     * @param maxPushMessages messages in one push at most
     * @param maxPushBytes signed bytes in one push at most; a longer message goes alone
     * @param rebroadcastInterval unconfirmed messages are pushed again after this
     * @param retryMin wait before the first retry
     * @param retryMax wait before a retry at most
     */
    public record Pushing(
            int windowMessages,
            int maxPushMessages,
            int maxPushBytes,
            Duration rebroadcastInterval,
            Duration retryMin,
            Duration retryMax) {

        public Pushing {
            requirePositive("windowMessages", windowMessages);
            requirePositive("maxPushMessages", maxPushMessages);
            requirePositive("maxPushBytes", maxPushBytes);
            requirePositive("rebroadcastInterval", rebroadcastInterval);
            requireOrder("retryMin", retryMin, "retryMax", retryMax);
        }
    }

    /**
     * How the chain is watched.
     *
     * @param confidence tipsets or blocks below the head at which a nonce counts as confirmed
     * @param interval between two looks at an account with unconfirmed messages
     * @param idleInterval between two looks at any other account, for reorganisations
     * @param minUpstreams upstreams of a chain that must tell an account's nonce before anything is
     *     concluded from it, or all if there are fewer; from 2 on, none is believed alone
     * @param checkEveryLanding look up every message by hash before it counts as confirmed, instead
     *     of the highest of a range only: for keys that others may use too
     */
    public record Confirming(
            int confidence,
            Duration interval,
            Duration idleInterval,
            int minUpstreams,
            boolean checkEveryLanding) {

        public Confirming {
            if (confidence < 0) {
                throw new IllegalArgumentException(
                        "expected confidence of at least 0 but was " + confidence);
            }
            requirePositive("minUpstreams", minUpstreams);
            requireOrder("interval", interval, "idleInterval", idleInterval);
        }
    }

    /**
     * How upstreams are used.
     *
     * @param pushesPerUpstream pushes that one upstream has in flight at most
     * @param questionsPerUpstream questions that one upstream has in flight at most
     * @param requestTimeout a push or a question without an answer by then has failed
     * @param failuresBeforeCoolDown failures in a row after which an upstream is left alone
     * @param coolDownMin how long, the first time
     * @param coolDownMax how long at most
     */
    public record Asking(
            int pushesPerUpstream,
            int questionsPerUpstream,
            Duration requestTimeout,
            int failuresBeforeCoolDown,
            Duration coolDownMin,
            Duration coolDownMax) {

        public Asking {
            requirePositive("pushesPerUpstream", pushesPerUpstream);
            requirePositive("questionsPerUpstream", questionsPerUpstream);
            requirePositive("requestTimeout", requestTimeout);
            requirePositive("failuresBeforeCoolDown", failuresBeforeCoolDown);
            requireOrder("coolDownMin", coolDownMin, "coolDownMax", coolDownMax);
        }

        /** The same with another bound of time. */
        public Asking withRequestTimeout(final Duration timeout) {
            return new Asking(
                    pushesPerUpstream,
                    questionsPerUpstream,
                    timeout,
                    failuresBeforeCoolDown,
                    coolDownMin,
                    coolDownMax);
        }
    }

    private static void requirePositive(final String name, final int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "expected " + name + " of at least 1 but was " + value);
        }
    }

    private static void requirePositive(final String name, final Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("expected " + name + " above 0 but was " + value);
        }
    }

    private static void requireOrder(
            final String lowName, final Duration low, final String highName, final Duration high) {
        requirePositive(lowName, low);
        if (high.compareTo(low) < 0) {
            throw new IllegalArgumentException(
                    "expected " + highName + " of at least " + low + " but was " + high);
        }
    }
}
