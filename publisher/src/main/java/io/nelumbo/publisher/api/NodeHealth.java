package io.nelumbo.publisher.api;

import io.nelumbo.publisher.api.upstream.UpstreamState;
import java.util.List;

/**
 * How a node stands, for whoever watches it.
 *
 * @param leader peer id, or an empty text while none is known
 * @param role in Raft
 * @param appliedIndex Raft index of the last entry applied here
 * @param journalComplete whether the journal here has every record up to what is applied
 * @param peersRefused connections turned away at the peer port since the start
 * @param keys which accounts it could sign for
 * @param upstreams how each chain node stands, the preferred one first
 * @param stream the binary door
 */
public record NodeHealth(
        String leader,
        String role,
        long appliedIndex,
        boolean journalComplete,
        long peersRefused,
        KeysHere keys,
        List<UpstreamState> upstreams,
        StreamState stream) {

    public NodeHealth {
        upstreams = List.copyOf(upstreams);
    }

    /** Of a node without a binary door. */
    public NodeHealth(
            final String leader,
            final String role,
            final long appliedIndex,
            final boolean journalComplete,
            final long peersRefused,
            final KeysHere keys,
            final List<UpstreamState> upstreams) {
        this(
                leader,
                role,
                appliedIndex,
                journalComplete,
                peersRefused,
                keys,
                upstreams,
                StreamState.NONE);
    }

    /** The same node with its binary door. */
    public NodeHealth with(final StreamState door) {
        return new NodeHealth(
                leader, role, appliedIndex, journalComplete, peersRefused, keys, upstreams, door);
    }

    /**
     * Whether clients may be sent here. Without an upstream they may: what is committed waits for
     * it.
     */
    boolean isReady() {
        return !leader.isEmpty() && journalComplete;
    }

    /** Whether a chain node told its head lately. */
    boolean isUpstreamReachable() {
        return upstreams.stream().anyMatch(state -> state.reachable() && state.height() >= 0);
    }

    /** How many chain nodes calls are passed on to. */
    long healthyUpstreams() {
        return upstreams.stream().filter(UpstreamState::isHealthy).count();
    }
}
