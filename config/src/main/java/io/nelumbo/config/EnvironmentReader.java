package io.nelumbo.config;

import io.nelumbo.config.Settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * From environment variables {@code NELUMBO_<SECTION>_<KEY>} to settings, which override those of
 * the file. Of a repeated section, {@code NELUMBO_UPSTREAM_0_URLS} is the first's key, and the
 * number of the first may be left out. Variables of other sections than ours are nobody's mistake.
 */
final class EnvironmentReader {
    private final Settings settings;
    private final List<ConfigError> errors;

    EnvironmentReader(final Settings settings, final List<ConfigError> errors) {
        this.settings = settings;
        this.errors = errors;
    }

    void read(final Map<String, String> environment) {
        final Map<String, String> sorted = new TreeMap<>(environment);
        for (final Map.Entry<String, String> variable : sorted.entrySet()) {
            for (final Section section : NodeConfig.SECTIONS) {
                if (variable.getKey().startsWith(section.variablePrefix())) {
                    readVariable(section, variable.getKey(), variable.getValue());
                }
            }
        }
    }

    private void readVariable(final Section section, final String name, final String value) {
        final Place place = Place.ofVariable(name);
        final String rest = name.substring(section.variablePrefix().length());
        final int underscore = rest.indexOf('_');
        final boolean numbered = section.repeated() && rest.matches("[0-9]+_.*");
        final int index =
                numbered
                        ? DecimalText.upTo(rest.substring(0, underscore), Section.MAX_REPEATS - 1)
                        : 0;
        final String keyName = numbered ? rest.substring(underscore + 1) : rest;
        if (index < 0 || (section.repeated() && index > settings.tableCount(section))) {
            errors.add(
                    place.error(
                            section.header(),
                            "skips a number: there are " + settings.tableCount(section),
                            "numbers from 0 without a hole"));
            return;
        }
        for (final Key<?> key : section.keys()) {
            if (key.name().toUpperCase(Locale.ROOT).equals(keyName)) {
                settings.foundTable(section, index, place);
                settings.set(section, index, key, new Setting(value, true, place));
                return;
            }
        }
        final List<String> keyNames =
                section.keyNames().stream().map(key -> key.toUpperCase(Locale.ROOT)).toList();
        errors.add(
                place.error(
                        section.header(),
                        keyName + " is no key of this section",
                        section.variablePrefix() + Suggestion.among(keyNames, keyName)));
    }
}
