package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.trace.TraceParent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pushes of one client call, in the order in which they take their nonces.
 *
 * @param principal 8 bytes that say who asked
 * @param trace where the spans of the call hang; null while nothing is traced
 * @param each whether each push is answered for itself; else the first that is refused ends it
 */
record PushCall(byte[] principal, List<Push> pushes, @Nullable TraceParent trace, boolean each) {

    PushCall {
        pushes = List.copyOf(pushes);
    }

    /** In no trace. */
    PushCall(final byte[] principal, final List<Push> pushes) {
        this(principal, pushes, null);
    }

    /** One whose first refused push ends it. */
    PushCall(final byte[] principal, final List<Push> pushes, final @Nullable TraceParent trace) {
        this(principal, pushes, trace, false);
    }

    /** In no trace, and each answered for itself. */
    static PushCall ofEach(final byte[] principal, final List<Push> pushes) {
        return new PushCall(principal, pushes, null, true);
    }

    /** The same call at another place in its trace. */
    PushCall at(final @Nullable TraceParent place) {
        return new PushCall(principal, pushes, place, each);
    }

    /** The first so many of its pushes. */
    PushCall upTo(final int count) {
        return new PushCall(principal, pushes.subList(0, count), trace, each);
    }

    /** What is left of it when the first so many have their answer. */
    PushCall from(final int answered) {
        return new PushCall(principal, pushes.subList(answered, pushes.size()), trace, each);
    }
}
