package io.nelumbo.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A section of the configuration.
 *
 * @param repeated whether it is an array of tables, {@code [[Upstream]]}
 * @param description what it is about, in sentences
 */
record Section(String name, boolean repeated, String description, List<Key<?>> keys) {
    static final int MAX_REPEATS = 64;
    private static final String PREFIX = "NELUMBO_";

    @Nullable Key<?> key(final String keyName) {
        for (final Key<?> key : keys) {
            if (key.name().equals(keyName)) {
                return key;
            }
        }
        return null;
    }

    List<String> keyNames() {
        return keys.stream().<String>map(Key::name).toList();
    }

    /** What every variable of this section begins with: {@code NELUMBO_CLUSTER_}. */
    String variablePrefix() {
        return PREFIX + name.toUpperCase(Locale.ROOT) + "_";
    }

    /** What the variables of one of a repeated section's tables begin with. */
    String variablePrefix(final int index) {
        return repeated ? variablePrefix() + index + "_" : variablePrefix();
    }

    /** As the file writes it: {@code [Cluster]}, {@code [[Upstream]]}. */
    String header() {
        return repeated ? "[[" + name + "]]" : "[" + name + "]";
    }

    /** For errors: {@code [Cluster]}, {@code [[Upstream]] #0}. */
    String title(final int index) {
        return repeated ? header() + " #" + index : header();
    }
}
