package io.nelumbo.statemachine.ledger;

/** Bytes that are not the state of a ledger: what was expected, what was found, and where. */
public final class InvalidState extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidState(final String message) {
        super(message);
    }
}
