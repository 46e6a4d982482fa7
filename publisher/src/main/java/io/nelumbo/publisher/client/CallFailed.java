package io.nelumbo.publisher.client;

/** For callers that expect a value: {@link Reply#orThrow} throws it when there is none. */
public final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reply<?> reply;

    CallFailed(final Reply<?> reply) {
        super(reply.text());
        this.reply = reply;
    }

    /** Why there is no value, to decide about the next step. */
    public Reply<?> reply() {
        return reply;
    }
}
