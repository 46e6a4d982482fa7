package io.nelumbo.publisher.wallet;

/**
 * The keystore cannot be read or written, or holds something that it must not. The message names
 * the file and says what would be right. Nothing was changed, unless the message says what was.
 */
public final class KeystoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeystoreFailure(final String message) {
        super(message);
    }

    KeystoreFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
