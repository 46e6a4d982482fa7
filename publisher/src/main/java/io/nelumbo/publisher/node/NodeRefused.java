package io.nelumbo.publisher.node;

/**
 * The node does not start: what is wrong, what was left as it was, and what to do. It has taken no
 * call, and published nothing.
 */
public final class NodeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NodeRefused(final String message) {
        super(message, null, false, false);
    }

    /** What the operator reads. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
