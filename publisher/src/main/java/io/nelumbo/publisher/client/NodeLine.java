package io.nelumbo.publisher.client;

import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Which node is asked first, and which are left alone for a while. What one call learns, the next
 * ones know. Any thread.
 */
final class NodeLine {
    private final List<JsonRpcClient> nodes;
    private final long restNs;
    private final LongSupplier nanoTime;
    private final long[] restingUntilNs;
    private final boolean[] resting;
    private int first;
    private boolean closed;

    /**
     * @param nodes in the order of the client's list
     */
    NodeLine(final List<JsonRpcClient> nodes, final Duration rest, final LongSupplier nanoTime) {
        this.nodes = List.copyOf(nodes);
        this.restNs = rest.toNanos();
        this.nanoTime = nanoTime;
        this.restingUntilNs = new long[nodes.size()];
        this.resting = new boolean[nodes.size()];
    }

    /**
     * Whom a call asks, one after the other: from the node that worked last, without those that
     * rest. When all rest, that is no reason not to ask: all of them.
     */
    synchronized List<JsonRpcClient> round() {
        final long now = nanoTime.getAsLong();
        final List<JsonRpcClient> all = new ArrayList<>(nodes.size());
        final List<JsonRpcClient> awake = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            final int index = (first + i) % nodes.size();
            all.add(nodes.get(index));
            if (!resting[index] || now - restingUntilNs[index] >= 0) {
                awake.add(nodes.get(index));
            }
        }
        return awake.isEmpty() ? all : awake;
    }

    /** It gave an answer that counts: it is the first one from now on. */
    synchronized void worked(final JsonRpcClient node) {
        first = nodes.indexOf(node);
        resting[first] = false;
    }

    /** It was silent: not again for a while. */
    synchronized void rest(final JsonRpcClient node) {
        final int index = nodes.indexOf(node);
        resting[index] = true;
        restingUntilNs[index] = nanoTime.getAsLong() + restNs;
    }

    /** Nobody is asked any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
