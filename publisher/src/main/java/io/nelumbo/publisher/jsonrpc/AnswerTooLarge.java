package io.nelumbo.publisher.jsonrpc;

import java.io.IOException;

/** An answer is more than may be taken: by itself, or beside others. */
final class AnswerTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLarge(final String message) {
        super(message);
    }
}
