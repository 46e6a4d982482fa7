package io.nelumbo.config;

/** What reading a raw value as a type came to. */
sealed interface Reading<T> {

    record Good<T>(T value) implements Reading<T> {}

    /**
     * Not of the type.
     *
     * @param wrong what it is instead, or what is wrong with it
     * @param element index of the offending element of a list, or -1
     */
    record Bad<T>(String wrong, int element) implements Reading<T> {
        Bad(final String wrong) {
            this(wrong, -1);
        }
    }
}
