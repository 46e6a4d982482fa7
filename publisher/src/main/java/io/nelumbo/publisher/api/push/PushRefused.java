package io.nelumbo.publisher.api.push;

/** Ends the preparation of a push with words for the client. Nothing was published. */
final class PushRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PushRefused(final String text) {
        super(text, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
