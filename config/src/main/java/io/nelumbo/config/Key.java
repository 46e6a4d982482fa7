package io.nelumbo.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key of a section: everything that the loader and the printed default need to know of it.
 *
 * @param fallback its value when nobody sets it
 * @param required whether it must be set, whatever the fallback
 * @param allowed which values of the type are allowed
 * @param expected what those are, for "expected …"
 * @param description what it does, in sentences
 */
record Key<T>(
        String name,
        ValueType<T> type,
        T fallback,
        boolean required,
        Predicate<T> allowed,
        String expected,
        String description) {

    static Key<Boolean> bool(final String name, final boolean fallback, final String description) {
        return any(name, ValueTypes.BOOL, fallback, description);
    }

    static Key<String> text(final String name, final String description) {
        return any(name, ValueTypes.STRING, "", description);
    }

    static Key<Multiaddr> multiaddr(
            final String name, final String fallback, final String description) {
        return any(name, ValueTypes.MULTIADDR, Multiaddr.parse(fallback), description);
    }

    /** An address that need not be there; none is the fallback. */
    static Key<Optional<Multiaddr>> optionalMultiaddr(final String name, final String description) {
        return any(name, ValueTypes.MULTIADDR_OR_NONE, Optional.empty(), description);
    }

    /** An amount above 0. */
    static Key<FilAmount> amount(
            final String name, final String fallback, final String description) {
        return any(
                        name,
                        ValueTypes.FIL,
                        Objects.requireNonNull(FilAmount.parse(fallback), fallback),
                        description)
                .and(amount -> amount.attoFil().signum() > 0, "above 0");
    }

    static Key<List<Multiaddr>> multiaddrs(
            final String name, final List<Multiaddr> fallback, final String description) {
        return any(name, new ListType<>(ValueTypes.MULTIADDR), fallback, description);
    }

    static Key<List<URI>> urls(final String name, final String description) {
        return any(name, new ListType<>(ValueTypes.URL), List.of(), description)
                .requiredAnd(urls -> !urls.isEmpty(), "at least one URL");
    }

    static <E extends Enum<E>> Key<E> choice(
            final String name, final E fallback, final String description) {
        return any(name, ValueTypes.choice(fallback.getDeclaringClass()), fallback, description);
    }

    /** An int from {@code min} to {@code max}, both included. */
    static Key<Long> integer(
            final String name,
            final long fallback,
            final long min,
            final long max,
            final String description) {
        return new Key<>(
                name,
                ValueTypes.INT,
                fallback,
                false,
                value -> value >= min && value <= max,
                "an int from " + min + " to " + max,
                description);
    }

    /** A duration from {@code min} to {@code max}, both included. */
    static Key<Duration> duration(
            final String name,
            final String fallback,
            final String min,
            final String max,
            final String description) {
        final Duration least = constant(min);
        final Duration most = constant(max);
        return new Key<>(
                name,
                ValueTypes.DURATION,
                constant(fallback),
                false,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                least.equals(most)
                        ? "\"" + min + "\""
                        : "a duration from \"" + min + "\" to \"" + max + "\"",
                description);
    }

    /** The same key with one more condition. */
    Key<T> and(final Predicate<T> condition, final String expectedToo) {
        return new Key<>(
                name,
                type,
                fallback,
                required,
                allowed.and(condition),
                expected + ", " + expectedToo,
                description);
    }

    /** The variable that overrides it: {@code NELUMBO_CLUSTER_COMMITRETRIES}. */
    String variable(final String variablePrefix) {
        return variablePrefix + name.toUpperCase(Locale.ROOT);
    }

    /** Its fallback as TOML. */
    String fallbackToml() {
        return type.toToml(fallback);
    }

    private Key<T> requiredAnd(final Predicate<T> condition, final String expectedToo) {
        return new Key<>(name, type, fallback, true, condition, expectedToo, description);
    }

    private static <T> Key<T> any(
            final String name,
            final ValueType<T> type,
            final T fallback,
            final String description) {
        return new Key<>(name, type, fallback, false, value -> true, type.article(), description);
    }

    private static Duration constant(final String text) {
        return Objects.requireNonNull(GoDuration.parse(text), text);
    }
}
