package io.nelumbo.journal.codec;

/** Bytes that are not an encoded batch that this version can read. */
public final class MalformedBatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBatch(final String message) {
        super(message);
    }
}
