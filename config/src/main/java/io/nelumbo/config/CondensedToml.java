package io.nelumbo.config;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A TOML text without its lines of comment and blank lines, which mean nothing, and where each line
 * that is left stood. The TOML library's time grows with the cube of the number of such lines in a
 * row: two thousand of them, as a commented configuration may well have, take minutes. Lines of
 * texts over several lines stay, and so do comments with control characters, which are mistakes.
 * Immutable.
 */
final class CondensedToml {
    private static final String BASIC = "\"\"\"";
    private static final String LITERAL = "'''";

    private final StringBuilder text;
    private int[] originals = new int[64];
    private int lines;

    /** What ends the text over several lines that the scan is in, or null outside of one. */
    private @Nullable String fence;

    private CondensedToml(final int capacity) {
        this.text = new StringBuilder(capacity);
    }

    static CondensedToml of(final String whole) {
        final CondensedToml condensed = new CondensedToml(whole.length());
        int original = 1;
        int start = 0;
        while (start < whole.length()) {
            final int newline = whole.indexOf('\n', start);
            final int end = newline < 0 ? whole.length() : newline + 1;
            condensed.take(whole.substring(start, end), original);
            original++;
            start = end;
        }
        return condensed;
    }

    String text() {
        return text.toString();
    }

    /** How many lines are left. */
    int lines() {
        return lines;
    }

    /**
     * Where a line stood.
     *
     * @param line from 1; behind the last line counts as the last
     */
    int original(final int line) {
        return lines == 0 ? line : originals[Math.min(line, lines) - 1];
    }

    private void take(final String line, final int original) {
        if (fence == null && isTrivial(line)) {
            return;
        }
        text.append(line);
        if (lines == originals.length) {
            originals = Arrays.copyOf(originals, 2 * lines);
        }
        originals[lines++] = original;
        scan(line);
    }

    private static boolean isTrivial(final String line) {
        final String stripped = line.strip();
        return stripped.isEmpty()
                || (stripped.charAt(0) == '#'
                        && stripped.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f));
    }

    /** Finds out whether a line begins or ends a text over several lines. */
    private void scan(final String line) {
        int at = 0;
        while (at < line.length()) {
            final char c = line.charAt(at);
            if (fence != null) {
                at = insideText(line, at, fence);
            } else if (c == '#') {
                return;
            } else if (line.startsWith(BASIC, at) || line.startsWith(LITERAL, at)) {
                fence = c == '"' ? BASIC : LITERAL;
                at += fence.length();
            } else if (c == '"' || c == '\'') {
                at = behindString(line, at);
            } else {
                at++;
            }
        }
    }

    private int insideText(final String line, final int at, final String end) {
        if (line.charAt(at) == '\\' && end.equals(BASIC)) {
            return at + 2;
        }
        if (!line.startsWith(end, at)) {
            return at + 1;
        }
        fence = null;
        int behind = at + end.length();
        // Up to two more quotes belong to the text.
        for (int more = 0; more < 2 && line.startsWith(end.substring(2), behind); more++) {
            behind++;
        }
        return behind;
    }

    private static int behindString(final String line, final int opening) {
        final char quote = line.charAt(opening);
        int at = opening + 1;
        while (at < line.length() && line.charAt(at) != quote) {
            at += quote == '"' && line.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
