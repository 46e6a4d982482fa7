package io.nelumbo.publisher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the node of a process that is told to stop, on the signal's own thread, because the
 * process ends when that returns.
 *
 * <p>A node answers, also that it is ready, a moment before its start is over, and whoever waited
 * for that may stop it at once. So this is there before the node is, and waits a little for a start
 * that is under way; one that takes longer is cut off like by a kill, which every start can take.
 */
final class OrderlyStop {

    /** What is closed. */
    interface Closing {
        /** Returns when it is closed. */
        void close() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;

    /** Null if there is nothing to close. */
    private final CompletableFuture<@Nullable Closing> started = new CompletableFuture<>();

    OrderlyStop(final Duration patience) {
        this.patience = patience;
    }

    /** One that runs when this process is told to stop, or ends by itself. */
    static OrderlyStop atExit() {
        final OrderlyStop stop = new OrderlyStop(PATIENCE);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
        return stop;
    }

    /** The start is over, and this is to be closed. */
    void started(final Closing node) {
        started.complete(node);
    }

    /** The start is over without a node, unless there is one. */
    void over() {
        started.complete(null);
    }

    void run() {
        if (!started.isDone()) {
            LOG.info("told to stop while the node starts: waiting up to {} for that", patience);
        }
        final @Nullable Closing node =
                started.copy()
                        .completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS)
                        .join();
        if (node == null) {
            if (!started.isDone()) {
                LOG.warn("the start takes longer: cut off, as by a kill; nothing is lost");
            }
            return;
        }
        try {
            node.close();
        } catch (final IOException | RuntimeException e) {
            LOG.error("the node did not stop in order", e);
        }
    }
}
