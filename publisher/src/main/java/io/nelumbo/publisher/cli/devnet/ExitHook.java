package io.nelumbo.publisher.cli.devnet;

/**
 * What is done when this program is told to stop (Ctrl-C, SIGTERM) before it has done it in order.
 * Any thread.
 */
public final class ExitHook implements AutoCloseable {
    private final Thread thread;
    private volatile boolean running;

    private ExitHook(final String name, final Runnable action) {
        this.thread =
                new Thread(
                        () -> {
                            running = true;
                            action.run();
                        },
                        name);
    }

    /** From now on, until it is closed. */
    public static ExitHook of(final String name, final Runnable action) {
        final ExitHook hook = new ExitHook(name, action);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /** Whether the program stops, and the action has begun. */
    boolean isRunning() {
        return running;
    }

    /** Takes it back, unless the program stops already. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (final IllegalStateException e) {
            // It stops already, and the action runs.
            return;
        }
    }
}
