package io.nelumbo.publisher.pipeline;

/** What became of a request. */
public sealed interface PublishOutcome {

    /** Committed, now or when the same request id came first. */
    record Published(Receipt receipt) implements PublishOutcome {}

    /** The request id was used with another message. No nonce was spent. */
    record RequestIdReused(String detail) implements PublishOutcome {}

    /** The ring, the outbox or the disk is at its bound. No nonce was spent; try again later. */
    record Overloaded(String bound, long retryAfterMs) implements PublishOutcome {}

    /** The account's lane is halted, and takes nothing new. No nonce was spent. */
    record LaneHalted(String reason) implements PublishOutcome {}

    /** It could not be signed. No nonce was spent. */
    record NotSigned(String reason) implements PublishOutcome {}

    /**
     * It is signed already, at another nonce than its account's next. No nonce was spent.
     *
     * @param expected the next one, counting what is in flight; it may change with the epoch
     */
    record WrongNonce(long expected) implements PublishOutcome {}

    /**
     * Signed, its event does not fit into a batch ({@link PipelineOptions#maxBatchBytes}). No nonce
     * was spent; it never will fit.
     */
    record TooLarge(int signedBytes, int maxBatchBytes) implements PublishOutcome {}

    /**
     * This node does not lead, or does not yet. No nonce was spent here; ask the leader with the
     * same request id.
     */
    record NotLeading() implements PublishOutcome {}

    /**
     * Leadership ended while it was in flight: it may be committed or not. Ask again with the same
     * request id; that answers with the receipt or publishes it once.
     */
    record OutcomeUnknown(String reason) implements PublishOutcome {}
}
