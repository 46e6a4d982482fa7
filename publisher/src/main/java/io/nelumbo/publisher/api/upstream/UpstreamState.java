package io.nelumbo.publisher.api.upstream;

/**
 * How an upstream stood when last looked at.
 *
 * @param name where it is, without credentials
 * @param reachable whether it told its head; true before it was first asked
 * @param height of its head, -1 if it is not known
 * @param lagEpochs how far its head is behind the highest of those that answer
 * @param circuitOpen whether calls are kept from it because several in a row failed
 * @param lastFailure an empty text if it never failed; kept after it recovers
 */
public record UpstreamState(
        String name,
        boolean reachable,
        long height,
        long lagEpochs,
        boolean circuitOpen,
        String lastFailure) {

    /** Whether it may be asked on a client's behalf. */
    public boolean isHealthy() {
        return reachable && !circuitOpen && lagEpochs <= UpstreamWatch.MAX_LAG_EPOCHS;
    }

    /** Why it is not healthy, for an error. */
    public String complaint() {
        if (circuitOpen) {
            return name + " is left alone after failures: " + lastFailure;
        }
        return reachable
                ? name + " is " + lagEpochs + " epochs behind another"
                : name + " does not answer: " + lastFailure;
    }
}
