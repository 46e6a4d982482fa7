package io.nelumbo.publisher.devchain;

/**
 * What became of the head.
 *
 * @param tipset that is the head, was put on top, or was taken away
 */
record HeadChange(Type type, Tipset tipset) {

    /** As Lotus writes them. */
    enum Type {
        CURRENT("current"),
        APPLY("apply"),
        REVERT("revert");

        private final String text;

        Type(final String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
