package io.nelumbo.publisher.api.stream;

import io.nelumbo.publisher.jsonrpc.Caller;
import java.util.List;

/** Where the door hands in what its streams bring. Any thread. */
@FunctionalInterface
public interface StreamDesk {

    /** A line for one stream; nothing is told when the stream ends. */
    Line open(Caller caller);

    /** What one stream publishes. */
    @FunctionalInterface
    interface Line {

        /**
         * Publishes messages in their order, each for itself. Called on the stream's event loop:
         * must not block, nor throw.
         *
         * @param items of one batch, at least one; the caller is allowed each of them
         * @param answers is told the outcome of each item, once
         */
        void publish(List<StreamItem> items, StreamAnswers answers);
    }
}
