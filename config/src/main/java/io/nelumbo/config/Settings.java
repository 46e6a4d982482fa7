package io.nelumbo.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file and the environment set, not yet read as types; what comes later wins. Owned by the
 * loading thread.
 */
final class Settings {
    private final Map<Name, Setting> settings = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Place>> tables = new LinkedHashMap<>();

    void set(final Section section, final int index, final Key<?> key, final Setting setting) {
        settings.put(new Name(section.name(), index, key.name()), setting);
    }

    @Nullable Setting get(final Section section, final int index, final Key<?> key) {
        return settings.get(new Name(section.name(), index, key.name()));
    }

    /** Notes that a table of a section stands somewhere; the first place counts. */
    void foundTable(final Section section, final int index, final Place place) {
        tables.computeIfAbsent(section.name(), name -> new LinkedHashMap<>())
                .putIfAbsent(index, place);
    }

    /** How many tables a repeated section has. */
    int tableCount(final Section section) {
        return tables.getOrDefault(section.name(), Map.of()).size();
    }

    @Nullable Place tablePlace(final Section section, final int index) {
        return tables.getOrDefault(section.name(), Map.of()).get(index);
    }

    private record Name(String section, int index, String key) {}

    /**
     * A value as it was found.
     *
     * @param raw a TOML value, or the text of a variable
     */
    record Setting(Object raw, boolean fromVariable, Place place) {}
}
