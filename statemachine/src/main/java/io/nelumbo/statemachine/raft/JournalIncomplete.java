package io.nelumbo.statemachine.raft;

/** The journal has a hole that no peer could fill: this node must not apply on top of it. */
final class JournalIncomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalIncomplete(final String message) {
        super(message);
    }
}
