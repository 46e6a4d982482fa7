package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.publish.upstream.UpstreamLine;

/** What a lane may do about its head; called on the thread {@code publisher}. */
interface HeadMoves {

    /** What the lane waits for while it finds out about its head. */
    LanePhase phase();

    /** Goes on pushing at a nonce, at once. */
    void goOnAt(long nonce);

    /** Goes on at the first nonce that an upstream has not executed, and not below another. */
    void skipExecuted(UpstreamLine from, long atLeastNonce);

    /** Holds the head: never a new nonce, never other bytes, another upstream if there is one. */
    void retryLater(long nonce, HoldReason reason, String text);

    /** The same, and then from the first unconfirmed nonce. */
    void startOverLater(long nonce, HoldReason reason, String text);

    /** A displacement was offered; the ledger knows whether it is committed. */
    void displacementReported(long nonce);
}
