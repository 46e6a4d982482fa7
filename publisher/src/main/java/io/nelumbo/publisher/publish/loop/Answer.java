package io.nelumbo.publisher.publish.loop;

/** What came of asking someone who may not answer. */
public sealed interface Answer<T> {

    /** The answer. */
    record Told<T>(T value) implements Answer<T> {}

    /** No answer, and why. */
    record NotTold<T>(String reason) implements Answer<T> {}
}
