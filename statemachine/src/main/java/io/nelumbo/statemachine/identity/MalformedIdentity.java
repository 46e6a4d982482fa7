package io.nelumbo.statemachine.identity;

import java.io.IOException;

/** A file that should hold a node's identity does not. Restore it, or make the node anew. */
public final class MalformedIdentity extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedIdentity(final String message) {
        super(message);
    }
}
