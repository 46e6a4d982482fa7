package io.nelumbo.publisher.publish.lane;

/** Why a lane holds its head and tries again later. */
public enum HoldReason {
    /**
     * It may be there or not: the identical bytes go again, to another upstream if there is one.
     */
    AMBIGUOUS,
    /** The chain says that the nonce is used, and nobody can tell by what. */
    NONCE_USED,
    /** The upstream misses messages before it, although they were pushed again. */
    GAP,
    /** The fee is too low. */
    UNDERPRICED,
    /** The account cannot pay. */
    NOT_ENOUGH_FUNDS,
    /** The upstream's pool is full. */
    POOL_FULL,
    /** The upstream says that it can never execute; a human or the fill policy has to decide. */
    INVALID,
    /**
     * The upstreams say that it can never execute, and the fill policy finds no key here that could
     * close its nonce: whoever signed it has to help, or the key has to come here.
     */
    NO_KEY_TO_FILL,
    /** There is no upstream for the chain, or all are left alone for now. */
    NO_UPSTREAM
}
