package io.nelumbo.publisher.api.push;

/** Ends the preparation of a push with words for the client. Nothing was published. */
final class PushRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean forEver;

    PushRefused(final String text) {
        this(text, false);
    }

    private PushRefused(final String text, final boolean forEver) {
        super(text, null, false, false);
        this.forEver = forEver;
    }

    /** For what no attempt can have published, and none will. */
    static PushRefused forEver(final String text) {
        return new PushRefused(text, true);
    }

    boolean isForEver() {
        return forEver;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
