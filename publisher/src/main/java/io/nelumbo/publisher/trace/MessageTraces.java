package io.nelumbo.publisher.trace;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To which trace a message belongs that is pushed later, by its hash on the chain. Bounded: the
 * oldest is forgotten (I10), and so is everything when another node takes the lead; such a push is
 * in no trace. Any thread.
 */
public final class MessageTraces {
    static final int MAX_MESSAGES = 16_384;

    private final Map<ByteBuffer, TraceParent> places =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        final Map.Entry<ByteBuffer, TraceParent> eldest) {
                    return size() > MAX_MESSAGES;
                }
            };

    /** Remembers a message; the hash's bytes must not change. */
    public synchronized void remember(final byte[] hash, final TraceParent place) {
        places.put(ByteBuffer.wrap(hash), place);
    }

    /** Where a message's spans hang, or null. */
    public synchronized @Nullable TraceParent of(final byte[] hash) {
        return places.get(ByteBuffer.wrap(hash));
    }

    /** A message is where it should go. */
    public synchronized void forget(final byte[] hash) {
        places.remove(ByteBuffer.wrap(hash));
    }

    /** Whether none is on its way. */
    public synchronized boolean isEmpty() {
        return places.isEmpty();
    }
}
