package io.nelumbo.config;

import io.nelumbo.config.Reading.Bad;
import io.nelumbo.config.Reading.Good;
import io.nelumbo.config.Settings.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings read as the types of their keys. A wrong one is noted as an error and stands for its
 * fallback, so that reading goes on and finds the other mistakes too. Owned by the loading thread.
 */
final class Values {
    private final Settings settings;
    private final Path folder;
    private final Place file;
    private final List<ConfigError> errors;

    /**
     * Reads settings.
     *
     * @param folder what relative folders are relative to
     * @param file where to put the blame when a value stands nowhere
     * @param errors gets what is wrong
     */
    Values(
            final Settings settings,
            final Path folder,
            final Place file,
            final List<ConfigError> errors) {
        this.settings = settings;
        this.folder = folder;
        this.file = file;
        this.errors = errors;
    }

    int tableCount(final Section section) {
        return settings.tableCount(section);
    }

    <T> T get(final Section section, final Key<T> key) {
        return get(section, 0, key);
    }

    <T> T get(final Section section, final int index, final Key<T> key) {
        final String name = section.title(index) + " " + key.name();
        final Setting setting = settings.get(section, index, key);
        if (setting == null) {
            if (key.required()) {
                final Place table = settings.tablePlace(section, index);
                errors.add(
                        (table == null ? file : table).error(name, "is missing", key.expected()));
            }
            return key.fallback();
        }
        final Reading<T> reading =
                setting.fromVariable()
                        ? key.type().fromText((String) setting.raw())
                        : key.type().fromToml(setting.raw());
        if (reading instanceof Bad<T> bad) {
            errors.add(placeOf(setting, bad.element()).error(name, bad.wrong(), key.expected()));
            return key.fallback();
        }
        final T value = ((Good<T>) reading).value();
        if (!key.allowed().test(value)) {
            final String wrong = "is " + key.type().toToml(value);
            errors.add(setting.place().error(name, wrong, key.expected()));
            return key.fallback();
        }
        return value;
    }

    int getInt(final Section section, final Key<Long> key) {
        return Math.toIntExact(get(section, key));
    }

    /** A folder: as set, or of this name in the node's folder; writable or possible to make. */
    Path folder(final Section section, final Key<String> key, final String usualName) {
        final String text = get(section, key);
        if (text.isEmpty()) {
            return folder.resolve(usualName);
        }
        final FolderText.Outcome outcome = FolderText.resolve(text, folder);
        if (outcome instanceof FolderText.Unusable unusable) {
            report(section, key, unusable.wrong(), "a folder that this user can make and write");
            return folder.resolve(usualName);
        }
        return ((FolderText.Usable) outcome).folder();
    }

    /** A file, there or not: as set, or of this name in the node's folder. */
    Path file(final Section section, final Key<String> key, final String usualName) {
        final String text = get(section, key);
        if (text.isEmpty()) {
            return folder.resolve(usualName);
        }
        try {
            return FolderText.path(text, folder);
        } catch (final InvalidPathException e) {
            report(section, key, "is no path: " + e.getReason(), "the path of a file");
            return folder.resolve(usualName);
        }
    }

    /** Notes something wrong with a key whose type is right. */
    void report(final Section section, final Key<?> key, final String wrong, final String right) {
        errors.add(placeOf(section, key).error(section.title(0) + " " + key.name(), wrong, right));
    }

    /** Where a key is set, or the file if it is not. */
    Place placeOf(final Section section, final Key<?> key) {
        final Setting setting = settings.get(section, 0, key);
        return setting == null ? file : setting.place();
    }

    private static Place placeOf(final Setting setting, final int element) {
        return element >= 0 && setting.raw() instanceof TomlList list
                ? list.places().get(element)
                : setting.place();
    }
}
