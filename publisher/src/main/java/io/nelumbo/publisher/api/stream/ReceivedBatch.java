package io.nelumbo.publisher.api.stream;

import io.grpc.Status;
import io.nelumbo.publisher.stream.v1.PublishBatch;

/** What a client sent for a batch. */
sealed interface ReceivedBatch {

    /** One that the door reads. */
    record Sound(PublishBatch batch) implements ReceivedBatch {}

    /**
     * Anything else: the stream ends.
     *
     * @param why with a description
     */
    record Broken(Status why) implements ReceivedBatch {}
}
