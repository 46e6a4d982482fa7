package io.nelumbo.publisher.api;

/**
 * How a node stands, for whoever watches it.
 *
 * @param leader peer id, or an empty text while none is known
 * @param role in Raft
 * @param appliedIndex Raft index of the last entry applied here
 * @param journalComplete whether the journal here has every record up to what is applied
 * @param peersRefused connections turned away at the peer port since the start
 * @param upstreamReachable whether a chain node answered lately
 */
public record NodeHealth(
        String leader,
        String role,
        long appliedIndex,
        boolean journalComplete,
        long peersRefused,
        boolean upstreamReachable) {

    /**
     * Whether clients may be sent here. Without an upstream they may: what is committed waits for
     * it.
     */
    boolean isReady() {
        return !leader.isEmpty() && journalComplete;
    }
}
