package io.nelumbo.publisher.api.push;

/** Why a push has no receipt, for clients that are programs. The text beside it is for people. */
public enum RefusalKind {
    /** A rule of the chain, the sender's funds, or an unknown key is against it. */
    REFUSED,
    REQUEST_ID_REUSED,
    /** A bound was reached before a nonce was given: again after a while. */
    OVERLOADED,
    LANE_HALTED,
    NOT_SIGNED,
    /** A signed message whose nonce is not the account's next. */
    WRONG_NONCE,
    TOO_LARGE,
    /** No leader was found in time; this attempt published nothing. */
    NO_LEADER,
    /** Committed or not: again, under the same request id. */
    OUTCOME_UNKNOWN
}
