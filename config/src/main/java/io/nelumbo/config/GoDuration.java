package io.nelumbo.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as Go writes them, because Lotus's configuration does: {@code 15s}, {@code 1m40s},
 * {@code 200ms}, {@code 1.5h}. Never negative, at most 292 years (what 63 bits of nanoseconds
 * hold).
 */
public final class GoDuration {
    private static final int MAX_CHARS = 64;
    private static final Pattern TERM =
            Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal MAX_NS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final long US = 1_000;
    private static final long MS = 1_000 * US;
    private static final long S = 1_000 * MS;
    private static final long M = 60 * S;
    private static final long H = 60 * M;
    private static final List<Unit> UNITS =
            List.of(
                    new Unit("h", H),
                    new Unit("m", M),
                    new Unit("s", S),
                    new Unit("ms", MS),
                    new Unit("µs", US),
                    new Unit("ns", 1));

    private GoDuration() {}

    /** The duration, or null if the text is none; fractions of a nanosecond are cut off. */
    public static @Nullable Duration parse(final String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            return null;
        }
        final Matcher term = TERM.matcher(text);
        BigDecimal totalNs = BigDecimal.ZERO;
        int end = 0;
        while (end < text.length()) {
            term.region(end, text.length());
            if (!term.lookingAt()) {
                return null;
            }
            totalNs =
                    totalNs.add(
                            new BigDecimal(group(term, 1))
                                    .multiply(BigDecimal.valueOf(unitNs(group(term, 2)))));
            end = term.end();
        }
        return totalNs.compareTo(MAX_NS) > 0 ? null : Duration.ofNanos(totalNs.longValue());
    }

    /** The shortest exact text in whole units, {@code 1m40s}; zero is {@code 0s}. */
    public static String print(final Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("expected no negative duration but was " + duration);
        }
        final StringBuilder text = new StringBuilder();
        long restNs = duration.toNanos();
        for (final Unit unit : UNITS) {
            if (restNs >= unit.ns) {
                text.append(restNs / unit.ns).append(unit.name);
                restNs %= unit.ns;
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static String group(final Matcher matcher, final int group) {
        final String text = matcher.group(group);
        return text == null ? "" : text;
    }

    private static long unitNs(final String name) {
        return switch (name) {
            case "h" -> H;
            case "m" -> M;
            case "s" -> S;
            case "ms" -> MS;
            case "ns" -> 1;
            default -> US;
        };
    }

    private record Unit(String name, long ns) {}
}
