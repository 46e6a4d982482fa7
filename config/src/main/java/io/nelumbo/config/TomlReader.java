package io.nelumbo.config;

import io.nelumbo.config.Settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * From TOML text to settings: finds syntax errors, unknown sections and unknown keys. The only
 * class that knows the TOML library. For one thread, one text.
 */
final class TomlReader {
    private static final int MAX_NESTING_DEPTH = 8;
    private static final int MAX_SYNTAX_ERRORS = 50;

    /** Without comments. Reading a line of a file without end takes longer than the one before. */
    private static final int MAX_LINES = 4096;

    private final String source;
    private final Settings settings;
    private final List<ConfigError> errors;
    private CondensedToml toml = CondensedToml.of("");

    TomlReader(final String source, final Settings settings, final List<ConfigError> errors) {
        this.source = source;
        this.settings = settings;
        this.errors = errors;
    }

    /** Reads; returns whether the syntax was right, so that nothing is missing by mistake. */
    boolean read(final String text) {
        toml = CondensedToml.of(text);
        if (toml.lines() > MAX_LINES) {
            errors.add(
                    new Place(source, 0, 0)
                            .error(
                                    "",
                                    "has " + toml.lines() + " lines besides comments",
                                    "at most " + MAX_LINES));
            return false;
        }
        final TomlParseOptions options =
                TomlParseOptions.sourceless().withMaxNestingDepth(MAX_NESTING_DEPTH);
        final TomlParseResult document = Toml.parse(toml.text(), options);
        final List<TomlParseError> syntaxErrors = document.errors();
        for (final TomlParseError error :
                syntaxErrors.subList(0, Math.min(syntaxErrors.size(), MAX_SYNTAX_ERRORS))) {
            final String wrong = error.getMessage() == null ? "" : error.getMessage();
            errors.add(place(error.position()).error("", shorten(wrong), "TOML"));
        }
        for (final Map.Entry<String, Object> entry : document.entrySet()) {
            readSection(document, entry.getKey(), entry.getValue());
        }
        return syntaxErrors.isEmpty();
    }

    private void readSection(final TomlTable document, final String name, final Object value) {
        final Place place = placeOf(document, name);
        final Section section = sectionOf(name);
        if (section == null) {
            errors.add(unknownSection(place, name, value));
        } else if (section.repeated() && value instanceof TomlArray tables) {
            readTables(section, tables, place);
        } else if (!section.repeated() && value instanceof TomlTable table) {
            settings.foundTable(section, 0, place);
            readTable(section, 0, table);
        } else {
            final String wrong = section.repeated() ? "is not repeated" : "is no section";
            errors.add(place.error(name, wrong, "the header " + section.header()));
        }
    }

    private void readTables(final Section section, final TomlArray tables, final Place place) {
        if (tables.size() > Section.MAX_REPEATS) {
            final String wrong = "is repeated " + tables.size() + " times";
            errors.add(place.error(section.header(), wrong, "at most " + Section.MAX_REPEATS));
            return;
        }
        for (int i = 0; i < tables.size(); i++) {
            final Place tablePlace = placeOf(tables, i, place);
            if (tables.get(i) instanceof TomlTable table) {
                settings.foundTable(section, i, tablePlace);
                readTable(section, i, table);
            } else {
                errors.add(tablePlace.error(section.title(i), "is no table", "a table"));
            }
        }
    }

    private void readTable(final Section section, final int index, final TomlTable table) {
        for (final Map.Entry<String, Object> entry : table.entrySet()) {
            final Place place = placeOf(table, entry.getKey());
            final Key<?> key = section.key(entry.getKey());
            if (key == null) {
                errors.add(
                        place.error(
                                section.title(index) + " " + shorten(entry.getKey()),
                                "is no key of this section",
                                Suggestion.among(section.keyNames(), entry.getKey())));
            } else {
                final Object raw =
                        entry.getValue() instanceof TomlArray array
                                ? list(array, place)
                                : entry.getValue();
                settings.set(section, index, key, new Setting(raw, false, place));
            }
        }
    }

    private TomlList list(final TomlArray array, final Place arrayPlace) {
        final List<Object> elements = new ArrayList<>(array.size());
        final List<Place> places = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(
                    array.get(i) instanceof TomlArray
                            ? new TomlList(List.of(), List.of())
                            : array.get(i));
            places.add(placeOf(array, i, arrayPlace));
        }
        return new TomlList(elements, places);
    }

    private static ConfigError unknownSection(
            final Place place, final String name, final Object value) {
        final boolean table = value instanceof TomlTable || value instanceof TomlArray;
        final List<String> names = NodeConfig.SECTIONS.stream().map(Section::name).toList();
        return place.error(
                table ? "[" + shorten(name) + "]" : shorten(name),
                table ? "is no section" : "stands outside of any section",
                table
                        ? Suggestion.among(names, name)
                        : "every key below the header of its section");
    }

    private static @Nullable Section sectionOf(final String name) {
        for (final Section section : NodeConfig.SECTIONS) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    private Place placeOf(final TomlTable table, final String key) {
        return place(table.inputPositionOf(List.of(key)));
    }

    private Place placeOf(final TomlArray array, final int index, final Place otherwise) {
        final TomlPosition position = array.inputPositionOf(index);
        return position == null ? otherwise : place(position);
    }

    private Place place(final @Nullable TomlPosition position) {
        return position == null
                ? new Place(source, 0, 0)
                : new Place(source, toml.original(position.line()), position.column());
    }

    private static String shorten(final String text) {
        final int max = 200;
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
