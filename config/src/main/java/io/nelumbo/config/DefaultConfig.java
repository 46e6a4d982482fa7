package io.nelumbo.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints the configuration that says nothing: every key commented out, with what it does, its type,
 * its environment variable and its default, in the manner of Lotus's {@code config default}. The
 * text loads, and equals {@link NodeConfig#defaults}.
 */
public final class DefaultConfig {
    private static final int MAX_COLUMNS = 80;

    private DefaultConfig() {}

    /** The whole text, ending with a line feed. */
    public static String text() {
        return text(Map.of());
    }

    /**
     * The same text with some keys set.
     *
     * @param set TOML values by {@code [Section] Key}
     */
    static String text(final Map<String, String> set) {
        final StringBuilder out = new StringBuilder();
        appendComment(
                out,
                "",
                "Configuration of a Nelumbo node. Every key below stands with its default: to"
                        + " change one, remove the # before its name. An environment variable wins"
                        + " over this file. Durations are written as in Go (\"1m40s\", \"200ms\"),"
                        + " sizes in bytes; relative folders are relative to the folder of this"
                        + " file. `nelumbo config check FILE` finds all mistakes at once.");

        for (final Section section : NodeConfig.SECTIONS) {
            appendSection(out, section, set);
        }
        return out.toString();
    }

    private static void appendSection(
            final StringBuilder out, final Section section, final Map<String, String> set) {
        out.append('\n');
        appendComment(out, "", section.description());
        out.append(section.repeated() ? "#" : "").append(section.header()).append('\n');
        boolean first = true;
        for (final Key<?> key : section.keys()) {
            out.append(first ? "" : "\n");
            appendKey(
                    out,
                    key,
                    section.variablePrefix(0),
                    set.get(section.header() + " " + key.name()));
            first = false;
        }
    }

    private static void appendKey(
            final StringBuilder out,
            final Key<?> key,
            final String variablePrefix,
            final @Nullable String value) {
        final String indent = "  ";
        appendComment(out, indent, key.description());
        if (!key.expected().equals(key.type().article())) {
            appendComment(out, indent, "Expected: " + key.expected() + ".");
        } else if (key.type().article().startsWith("one of")) {
            appendComment(out, indent, "Expected: " + key.type().article() + ".");
        }
        out.append(indent).append("#\n");
        out.append(indent).append("# type: ").append(key.type().name()).append('\n');
        out.append(indent).append("# env var: ").append(key.variable(variablePrefix)).append('\n');
        out.append(indent).append(value == null ? "#" : "").append(key.name()).append(" = ");
        out.append(value == null ? key.fallbackToml() : value).append('\n');
    }

    private static void appendComment(
            final StringBuilder out, final String indent, final String sentences) {
        int column = indent.length() + 1;
        out.append(indent).append('#');
        for (final String word : List.of(sentences.split(" "))) {
            if (column + 1 + word.length() > MAX_COLUMNS) {
                out.append('\n').append(indent).append('#');
                column = indent.length() + 1;
            }
            out.append(' ').append(word);
            column += 1 + word.length();
        }
        out.append('\n');
    }
}
