package io.nelumbo.config;

/** A text that is not a multiaddr, peer id or API info; says where it stops being one. */
public final class MalformedAddress extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int position;

    /**
     * Makes one.
     *
     * @param reason what was expected and what stands there instead
     * @param position index of the first offending character, from 0
     */
    public MalformedAddress(final String reason, final int position) {
        super(reason + " (at character " + (position + 1) + ")");
        this.reason = reason;
        this.position = position;
    }

    /** What was expected and what stands there instead, without the position. */
    public String reason() {
        return reason;
    }

    /** Index of the first offending character in the text that was parsed, from 0. */
    public int position() {
        return position;
    }
}
