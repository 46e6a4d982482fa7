package io.nelumbo.journal.codec;

/**
 * Bytes that are not an encoded batch in any version that is known here. Every node finds the same
 * fault in the same bytes, so the caller rejects the batch. See {@link UnknownEvent} for bytes that
 * must not be judged.
 */
public final class MalformedBatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBatch(final String message) {
        super(message);
    }
}
