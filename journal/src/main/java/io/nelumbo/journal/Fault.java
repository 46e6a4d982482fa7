package io.nelumbo.journal;

/**
 * What is wrong with a record, in words for the operator.
 *
 * @param expected what a sound journal would hold
 * @param found what stands there
 */
public record Fault(String expected, String found) {

    @Override
    public String toString() {
        return "expected " + expected + " but was " + found;
    }
}
