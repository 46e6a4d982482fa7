package io.nelumbo.statemachine.raft.peerport;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which members have connections to this node's peer port. Any event loop.
 *
 * <p>A process that dies takes all its connections with it, at once: that is heard of long before
 * its silence is remarkable.
 */
public final class PresentPeers {

    /** Guarded by this. */
    private final Map<String, Integer> connections = new HashMap<>();

    private volatile Consumer<String> onGone = peerId -> {};

    /**
     * Sets who hears of departures; nobody does until then.
     *
     * @param listener is told, on an event loop, who has just lost the last connection; returns at
     *     once
     */
    public void onGone(final Consumer<String> listener) {
        onGone = listener;
    }

    synchronized void came(final String peerId) {
        connections.merge(peerId, 1, Integer::sum);
    }

    void left(final String peerId) {
        if (isLast(peerId)) {
            onGone.accept(peerId);
        }
    }

    private synchronized boolean isLast(final String peerId) {
        return connections.computeIfPresent(peerId, (id, open) -> open == 1 ? null : open - 1)
                == null;
    }
}
