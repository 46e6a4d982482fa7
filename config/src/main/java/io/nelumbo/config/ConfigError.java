package io.nelumbo.config;

/**
 * One mistake in a configuration.
 *
 * @param source the file, or {@code environment variable NELUMBO_…}
 * @param line from 1, or 0 if the mistake is in the environment or in no particular line
 * @param column from 1, or 0
 * @param key {@code [Section] Key}, or empty if the mistake is in no particular key
 * @param wrong what is wrong
 * @param right what would be right
 */
public record ConfigError(
        String source, int line, int column, String key, String wrong, String right) {

    /** One line for a human: {@code config.toml:12:3: [Cluster] CommitRetries: …; expected …}. */
    public String text() {
        return source
                + (line > 0 ? ":" + line + ":" + column : "")
                + ": "
                + (key.isEmpty() ? "" : key + ": ")
                + wrong
                + "; expected "
                + right;
    }
}
