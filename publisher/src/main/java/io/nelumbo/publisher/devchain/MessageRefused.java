package io.nelumbo.publisher.devchain;

/** The mempool does not take a message; the text is what Lotus says, word for word. */
final class MessageRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MessageRefused(final String message) {
        super(message, null, false, false);
    }

    /** What Lotus says. */
    String text() {
        return String.valueOf(getMessage());
    }
}
