package io.nelumbo.publisher.cli;

import java.util.Base64;

/** Bytes on the command line: standard base64, padded. */
record Base64Text(String canonical) {

    static Base64Text parse(final String text) {
        try {
            return new Base64Text(
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("expected base64: " + e.getMessage(), e);
        }
    }
}
