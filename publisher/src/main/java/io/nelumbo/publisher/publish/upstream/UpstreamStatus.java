package io.nelumbo.publisher.publish.upstream;

/**
 * How an upstream does.
 *
 * @param cooling whether it is left alone for now because it failed again and again
 * @param failuresInARow since its last answer
 * @param lastFailure what it said or did, an empty text if it never failed; kept after it recovers
 */
public record UpstreamStatus(
        String name,
        boolean cooling,
        int failuresInARow,
        String lastFailure,
        int pushesInFlight,
        int questionsInFlight) {}
