package io.nelumbo.config;

/** How values of one type are written in TOML and in the environment. Stateless. */
interface ValueType<T> {

    /** As the commented default names it: {@code bool}, {@code int}, {@code Duration}. */
    String name();

    /** What a value of it is, for "expected …". */
    String article();

    /** Reads what the TOML library found. */
    Reading<T> fromToml(Object raw);

    /** Reads the text of an environment variable. */
    Reading<T> fromText(String text);

    /** Writes a value as TOML. */
    String toToml(T value);
}
