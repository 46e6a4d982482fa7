package io.nelumbo.publisher.client;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How patient a {@link ClusterClient} is. Whole milliseconds, each above 0.
 *
 * @param deadline of a call from its beginning to its reply, whatever the nodes do
 * @param nodeTimeout for one node's answer; a node looks for a leader for 15 seconds by default,
 *     and a shorter time here never hears that it found none
 * @param connectTimeout for a connection to one node: what a node costs that is switched off or
 *     unreachable; one that runs elsewhere but refuses costs a round trip
 * @param rest how long a node that was silent is left alone while others answer
 * @param rounds how often a call goes through the nodes at most; between two rounds it waits, from
 *     100 milliseconds on and longer each time, up to 2 seconds, less a jitter
 */
public record ClientOptions(
        Duration deadline,
        Duration nodeTimeout,
        Duration connectTimeout,
        Duration rest,
        int rounds) {

    /** Throws {@link IllegalArgumentException} for what is not above 0. */
    public ClientOptions {
        if (rounds <= 0
                || Stream.of(deadline, nodeTimeout, connectTimeout, rest)
                        .anyMatch(duration -> duration.toMillis() <= 0)) {
            throw new IllegalArgumentException(
                    "expected durations of at least 1 ms and at least 1 round but was "
                            + deadline
                            + ", "
                            + nodeTimeout
                            + ", "
                            + connectTimeout
                            + ", "
                            + rest
                            + ", "
                            + rounds);
        }
    }

    /** A minute for a call, 20 seconds for a node, 2 for a connection; tries until the deadline. */
    public static ClientOptions standard() {
        return new ClientOptions(
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Integer.MAX_VALUE);
    }

    /** With another deadline for each call. */
    public ClientOptions withDeadline(final Duration newDeadline) {
        return new ClientOptions(newDeadline, nodeTimeout, connectTimeout, rest, rounds);
    }

    /** With another patience with each node. */
    public ClientOptions withNodeTimeout(final Duration newTimeout) {
        return new ClientOptions(deadline, newTimeout, connectTimeout, rest, rounds);
    }

    /** With another number of rounds. */
    public ClientOptions withRounds(final int newRounds) {
        return new ClientOptions(deadline, nodeTimeout, connectTimeout, rest, newRounds);
    }
}
