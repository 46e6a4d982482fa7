package io.nelumbo.publisher.chain;

/** An upstream could not be asked, or did not answer the question. Ask again, or ask another. */
public final class UpstreamFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UpstreamFailure(final String message) {
        super(message);
    }

    public UpstreamFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
