package io.nelumbo.bench.peers;

import io.nelumbo.bench.process.ParentWatch;
import io.nelumbo.publisher.load.LoadGenerator;
import io.nelumbo.publisher.load.Target;

/**
 * The client process of every contestant: runs one load after the other as its parent orders, all
 * in one warm process, and says what came of each. The main thread.
 */
public final class LoadDesk {

    static final String CONNECTED = "CONNECTED";
    static final String RESULT = "RESULT ";

    private LoadDesk() {}

    /** Gives the target of a load; it may be the same for all. */
    @FunctionalInterface
    public interface Targets {
        Target of(String shape);
    }

    /**
     * Serves until the parent ends; what a load throws ends the process, and the parent is told.
     */
    public static void serve(final Targets targets) throws InterruptedException {
        final ParentWatch parent = new ParentWatch();
        parent.say(CONNECTED);
        while (true) {
            final LoadOrder order = LoadOrder.parse(parent.hear());
            parent.say(
                    RESULT
                            + LoadGenerator.run(order.plan(), targets.of(order.shape()))
                                    .toJsonLine());
        }
    }
}
