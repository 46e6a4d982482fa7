package io.nelumbo.config;

import io.nelumbo.config.Reading.Bad;
import io.nelumbo.config.Reading.Good;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The types of single values. */
final class ValueTypes {
    static final ValueType<Boolean> BOOL = new Bool();
    static final ValueType<Long> INT = new Int();
    static final ValueType<String> STRING = text("string", "a string", Good::new, s -> s);
    static final ValueType<Duration> DURATION =
            text(
                    "Duration",
                    "a duration like \"15s\", \"1m40s\" or \"200ms\"",
                    ValueTypes::readDuration,
                    GoDuration::print);
    static final ValueType<FilAmount> FIL =
            text("FIL", "an amount like \"0.07 FIL\"", ValueTypes::readAmount, FilAmount::toString);
    static final ValueType<Multiaddr> MULTIADDR =
            text(
                    "string",
                    "a multiaddr like \"/ip4/127.0.0.1/tcp/4567/http\"",
                    ValueTypes::readMultiaddr,
                    Multiaddr::toString);
    static final ValueType<Optional<Multiaddr>> MULTIADDR_OR_NONE =
            text(
                    "string",
                    "a multiaddr like \"/ip4/127.0.0.1/tcp/4568\", or \"\" for none",
                    ValueTypes::readMultiaddrOrNone,
                    address -> address.map(Multiaddr::toString).orElse(""));
    static final ValueType<URI> URL =
            text(
                    "string",
                    "a URL like \"http://127.0.0.1:1234/rpc/v1\"",
                    ValueTypes::readUrl,
                    URI::toString);

    private ValueTypes() {}

    /** One of an enum's constants, by its {@code toString}. */
    static <E extends Enum<E>> ValueType<E> choice(final Class<E> choices) {
        final StringBuilder article = new StringBuilder("one of");
        for (final E constant : choices.getEnumConstants()) {
            article.append(article.length() == 6 ? " " : ", ").append(quote(constant.toString()));
        }
        return text(
                "string",
                article.toString(),
                found -> {
                    for (final E constant : choices.getEnumConstants()) {
                        if (constant.toString().equals(found)) {
                            return new Good<>(constant);
                        }
                    }
                    return new Bad<>("is " + quote(found));
                },
                E::toString);
    }

    /** A type whose TOML form is a string. */
    private static <T> ValueType<T> text(
            final String name,
            final String article,
            final Function<String, Reading<T>> read,
            final Function<T, String> print) {
        return new TextType<>(name, article, read, print);
    }

    /** What a raw TOML value is, for "is …"; never its text if that is long. */
    static String describe(final Object raw) {
        if (raw instanceof String text) {
            return "is " + quote(text) + ", a string";
        }
        if (raw instanceof Long number) {
            return "is " + number + ", an int";
        }
        if (raw instanceof Boolean bool) {
            return "is " + bool + ", a bool";
        }
        if (raw instanceof Double number) {
            return "is " + number + ", a float";
        }
        if (raw instanceof java.time.temporal.Temporal time) {
            return "is " + time + ", a date or time";
        }
        return raw instanceof TomlList ? "is an array" : "is a table";
    }

    /** A TOML basic string; cut when it is long. */
    static String quote(final String text) {
        final int max = 200;
        return TomlText.quote(text.length() <= max ? text : text.substring(0, max) + "…");
    }

    private static Reading<Duration> readDuration(final String text) {
        final Duration duration = GoDuration.parse(text);
        return duration == null ? new Bad<>("is " + quote(text)) : new Good<>(duration);
    }

    private static Reading<FilAmount> readAmount(final String text) {
        final FilAmount amount = FilAmount.parse(text);
        return amount == null ? new Bad<>("is " + quote(text)) : new Good<>(amount);
    }

    private static Reading<Multiaddr> readMultiaddr(final String text) {
        try {
            return new Good<>(Multiaddr.parse(text));
        } catch (final MalformedAddress e) {
            return new Bad<>("is " + quote(text) + ", which is no multiaddr: " + e.getMessage());
        }
    }

    private static Reading<Optional<Multiaddr>> readMultiaddrOrNone(final String text) {
        if (text.isEmpty()) {
            return new Good<>(Optional.empty());
        }
        final Reading<Multiaddr> address = readMultiaddr(text);
        return address instanceof Good<Multiaddr> good
                ? new Good<>(Optional.of(good.value()))
                : new Bad<>(((Bad<Multiaddr>) address).wrong());
    }

    private static Reading<URI> readUrl(final String text) {
        if (text.startsWith("/")) {
            final Reading<Multiaddr> address = readMultiaddr(text);
            return address instanceof Good<Multiaddr> good
                    ? new Good<>(good.value().url("/rpc/v1"))
                    : new Bad<>(((Bad<Multiaddr>) address).wrong());
        }
        try {
            final URI url = new URI(text);
            final String scheme = url.getScheme() == null ? "" : url.getScheme();
            final boolean http = scheme.equals("http") || scheme.equals("https");
            if (!http || url.getHost() == null) {
                return new Bad<>("is " + quote(text) + ", which is no http or https URL");
            }
            // There a call that only drafts by its v1 name would sign with the chain node's wallet.
            return String.valueOf(url.getPath()).matches(".*/rpc/v0/*")
                    ? new Bad<>(
                            "is "
                                    + quote(text)
                                    + ", the old version of the API: end it with /rpc/v1, clients'"
                                    + " calls to v0 go to v0 all the same")
                    : new Good<>(url);
        } catch (final URISyntaxException e) {
            return new Bad<>("is " + quote(text) + ", which is no URL: " + e.getReason());
        }
    }

    private static final class Bool implements ValueType<Boolean> {
        @Override
        public String name() {
            return "bool";
        }

        @Override
        public String article() {
            return "true or false";
        }

        @Override
        public Reading<Boolean> fromToml(final Object raw) {
            return raw instanceof Boolean bool ? new Good<>(bool) : new Bad<>(describe(raw));
        }

        @Override
        public Reading<Boolean> fromText(final String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "1" -> new Good<>(true);
                case "false", "0" -> new Good<>(false);
                default -> new Bad<>("is " + quote(text));
            };
        }

        @Override
        public String toToml(final Boolean value) {
            return value.toString();
        }
    }

    private static final class Int implements ValueType<Long> {
        @Override
        public String name() {
            return "int";
        }

        @Override
        public String article() {
            return "an int";
        }

        @Override
        public Reading<Long> fromToml(final Object raw) {
            return raw instanceof Long number ? new Good<>(number) : new Bad<>(describe(raw));
        }

        @Override
        public Reading<Long> fromText(final String text) {
            try {
                return new Good<>(Long.parseLong(text.strip()));
            } catch (final NumberFormatException e) {
                return new Bad<>("is " + quote(text));
            }
        }

        @Override
        public String toToml(final Long value) {
            return value.toString();
        }
    }

    private record TextType<T>(
            String name,
            String article,
            Function<String, Reading<T>> read,
            Function<T, String> print)
            implements ValueType<T> {
        @Override
        public Reading<T> fromToml(final Object raw) {
            return raw instanceof String text ? read.apply(text) : new Bad<>(describe(raw));
        }

        @Override
        public Reading<T> fromText(final String text) {
            return read.apply(text);
        }

        @Override
        public String toToml(final T value) {
            return TomlText.quote(print.apply(value));
        }
    }
}
