package io.nelumbo.publisher.api.stream;

/** Takes outcomes back to a stream. Any thread, also while the item is being handed in. */
@FunctionalInterface
public interface StreamAnswers {

    /** Never blocks. An outcome for a stream that has ended goes nowhere. */
    void answer(StreamItem item, StreamOutcome outcome);
}
