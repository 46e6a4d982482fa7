package io.nelumbo.publisher.node;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was started so far, to be ended the other way round: after a whole life, or in the middle of
 * a start that failed. Owned by the thread that starts and closes the node.
 */
final class OpenParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Remembers a part; returns it. */
    <T extends AutoCloseable> T add(final T part) {
        parts.push(part);
        return part;
    }

    /** Ends all of them, also when one fails; the first failure is thrown, the others with it. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!parts.isEmpty()) {
            failure = ended(parts.pop(), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable IOException ended(
            final AutoCloseable part, final @Nullable IOException earlier) {
        try {
            part.close();
            return earlier;
        } catch (final Exception e) {
            final IOException failure =
                    earlier != null
                            ? earlier
                            : new IOException(part.getClass().getSimpleName() + " did not end", e);
            if (earlier != null) {
                earlier.addSuppressed(e);
            }
            return failure;
        }
    }
}
