package io.nelumbo.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** "Did you mean": the name that a misspelt one is nearest to. */
final class Suggestion {
    private static final int MAX_CHARS = 64;

    private Suggestion() {}

    /** What would be right: the nearest name if one is near, else all of them. */
    static String among(final List<String> names, final String misspelt) {
        String nearest = "";
        int nearestDistance = Math.max(2, misspelt.length() / 3) + 1;
        for (final String name : names) {
            final int distance = distance(fold(name), fold(misspelt));
            if (distance < nearestDistance) {
                nearest = name;
                nearestDistance = distance;
            }
        }
        return nearest.isEmpty()
                ? "one of " + String.join(", ", names)
                : nearest + " (did you mean that?)";
    }

    private static String fold(final String name) {
        return name.substring(0, Math.min(name.length(), MAX_CHARS)).toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's. */
    private static int distance(final String a, final String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] =
                        Math.min(
                                previous[j - 1] + substitution,
                                Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
