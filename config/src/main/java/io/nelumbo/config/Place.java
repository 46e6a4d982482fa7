package io.nelumbo.config;

/**
 * Where a value was written.
 *
 * @param source a file, or {@code environment variable NELUMBO_…}
 * @param line from 1, or 0 for no line
 * @param column from 1, or 0
 */
record Place(String source, int line, int column) {

    static Place ofVariable(final String name) {
        return new Place("environment variable " + name, 0, 0);
    }

    ConfigError error(final String key, final String wrong, final String right) {
        return new ConfigError(source, line, column, key, wrong, right);
    }
}
