package io.nelumbo.config;

import io.nelumbo.config.Reading.Bad;
import io.nelumbo.config.Reading.Good;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Lists of a type: arrays in TOML, separated by commas in the environment. */
record ListType<T>(ValueType<T> element) implements ValueType<List<T>> {
    private static final int MAX_ELEMENTS = 64;

    @Override
    public String name() {
        return "[]" + element.name();
    }

    @Override
    public String article() {
        return "a list, each " + element.article();
    }

    @Override
    public Reading<List<T>> fromToml(final Object raw) {
        return raw instanceof TomlList list
                ? readAll(list.elements(), ValueType::fromToml)
                : new Bad<>(ValueTypes.describe(raw));
    }

    @Override
    public Reading<List<T>> fromText(final String text) {
        return text.isBlank()
                ? new Good<>(List.of())
                : readAll(
                        List.of(text.split(",", -1)), (type, part) -> type.fromText(part.strip()));
    }

    @Override
    public String toToml(final List<T> values) {
        return values.stream().map(element::toToml).collect(Collectors.joining(", ", "[", "]"));
    }

    private <R> Reading<List<T>> readAll(
            final List<R> raws, final BiFunction<ValueType<T>, R, Reading<T>> read) {
        if (raws.size() > MAX_ELEMENTS) {
            return new Bad<>("has " + raws.size() + " elements, more than " + MAX_ELEMENTS);
        }
        final List<T> values = new ArrayList<>(raws.size());
        for (final R raw : raws) {
            final Reading<T> reading = read.apply(element, raw);
            if (reading instanceof Bad<T> bad) {
                return new Bad<>("element " + values.size() + " " + bad.wrong(), values.size());
            }
            values.add(((Good<T>) reading).value());
        }
        return new Good<>(List.copyOf(values));
    }
}
