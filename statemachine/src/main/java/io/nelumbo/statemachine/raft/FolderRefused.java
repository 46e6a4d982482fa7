package io.nelumbo.statemachine.raft;

import java.io.IOException;

/**
 * This node must not run on the folder that it was given: the folder is another node's, or it has
 * lost what this node once promised there. The message says which, and what the operator does.
 */
public final class FolderRefused extends IOException {
    private static final long serialVersionUID = 1L;

    public FolderRefused(final String message) {
        super(message);
    }
}
