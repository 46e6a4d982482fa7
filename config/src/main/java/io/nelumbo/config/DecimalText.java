package io.nelumbo.config;

/** Unsigned decimals without sign or leading zeros: one number, one text. */
final class DecimalText {
    private static final int MAX_DIGITS = 9;

    private DecimalText() {}

    /** The number, or -1 if the text is not a canonical decimal from 0 to {@code max}. */
    static int upTo(final String text, final int max) {
        if (!text.matches("0|[1-9][0-9]*") || text.length() > MAX_DIGITS) {
            return -1;
        }
        final int number = Integer.parseInt(text);
        return number > max ? -1 : number;
    }
}
