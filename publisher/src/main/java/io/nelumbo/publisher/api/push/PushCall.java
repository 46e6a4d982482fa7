package io.nelumbo.publisher.api.push;

import java.util.List;

/**
 * Pushes of one client call, in the order in which they take their nonces.
 *
 * @param principal 8 bytes that say who asked
 */
record PushCall(byte[] principal, List<Push> pushes) {

    PushCall {
        pushes = List.copyOf(pushes);
    }

    /** What is left of it when the first so many have their answer. */
    PushCall from(final int answered) {
        return new PushCall(principal, pushes.subList(answered, pushes.size()));
    }
}
