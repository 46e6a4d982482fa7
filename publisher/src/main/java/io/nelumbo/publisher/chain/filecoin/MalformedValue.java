package io.nelumbo.publisher.chain.filecoin;

/**
 * Bytes, text or JSON from outside that are not what they should be. The message names the field,
 * what was expected and what was there; it is fit to be shown to whoever sent it, and it is short
 * whatever they sent.
 */
public final class MalformedValue extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTED_CHARS = 120;

    public MalformedValue(final String message) {
        super(message);
    }

    /** Something else was expected: {@code where: expected … but was …}. */
    public static MalformedValue expected(
            final String where, final String expected, final Object actual) {
        return new MalformedValue(where + ": expected " + expected + " but was " + quoted(actual));
    }

    /** The same complaint, with its place in a greater whole. */
    public MalformedValue within(final String place) {
        return new MalformedValue(place + "." + getMessage());
    }

    private static String quoted(final Object actual) {
        final String text = String.valueOf(actual);
        return text.length() <= MAX_QUOTED_CHARS
                ? text
                : text.substring(0, MAX_QUOTED_CHARS) + "… (" + text.length() + " characters)";
    }
}
