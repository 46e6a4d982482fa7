package io.nelumbo.journal.codec;

/**
 * A batch that a newer version wrote: an event kind or a schema version that is not known here.
 * Unlike a {@link MalformedBatch} it may be valid, and other nodes may apply it: the caller must
 * halt before it applies anything, and be upgraded.
 */
public final class UnknownEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownEvent(final String message) {
        super(message);
    }
}
