package io.nelumbo.publisher.client.stream;

import org.jspecify.annotations.Nullable;

/**
 * Hands over replies that came together: each of them, whatever those who take them do. What the
 * first threw is thrown at the end. One round, by one thread.
 */
final class Deliveries {
    private @Nullable Throwable first;

    void hand(final Runnable reply) {
        try {
            reply.run();
        } catch (final RuntimeException | Error e) {
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws what was thrown, if anything was. */
    void end() {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
    }
}
