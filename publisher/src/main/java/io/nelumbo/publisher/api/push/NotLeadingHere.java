package io.nelumbo.publisher.api.push;

/** Ends the preparation of a push that another try may bring through. Nothing was published. */
final class NotLeadingHere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLeadingHere() {
        super("not leading, or not yet", null, false, false);
    }
}
