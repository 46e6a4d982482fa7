package io.nelumbo.journal;

/**
 * The journal's medium failed, or what it holds is not what it must hold. Not recoverable in this
 * process: halt, say why, and let a restart verify the journal (I11).
 */
public final class JournalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalFailure(final String message) {
        super(message);
    }

    public JournalFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
