package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.publish.lane.LaneStatus;
import io.nelumbo.publisher.publish.upstream.UpstreamStatus;
import java.util.List;

/**
 * How publishing goes, on the leader.
 *
 * @param term the epoch that this node publishes in, 0 if it does not lead
 * @param unconfirmedMessages committed and not confirmed, over all accounts
 * @param lanes those with unconfirmed messages or halted; held ones first, {@value #MAX_LANES} at
 *     most; empty if this node does not lead
 * @param upstreams as this node sees them, in order of preference
 */
public record PublisherStatus(
        long term,
        long unconfirmedMessages,
        List<LaneStatus> lanes,
        List<UpstreamStatus> upstreams) {

    /** Lanes that a status lists at most. */
    public static final int MAX_LANES = 1_000;
}
