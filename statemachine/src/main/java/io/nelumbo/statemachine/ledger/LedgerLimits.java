package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.event.Event;

/**
 * The bounds of the replicated state (I10). They decide what is rejected, so they are constants of
 * the cluster version and never configuration; only tests lower them. They are fences: whoever
 * sequences keeps its own, configured bounds far below, and answers <i>overloaded</i> there. At
 * every one of them the batch is rejected whole, and a leader that runs into one loses its epoch.
 *
 * @param accounts at most this many are ever opened
 * @param unconfirmedPerAccount at most this many nonces of an account are sequenced (or used up by
 *     a displaced message) and not confirmed
 * @param unconfirmed at most this many messages are unconfirmed over all accounts
 * @param requestIds at most this many request ids are known
 * @param supportedClusterVersion a batch that raises the cluster beyond is {@link
 *     ApplyOutcome.Unsupported}
 */
record LedgerLimits(
        int accounts,
        int unconfirmedPerAccount,
        int unconfirmed,
        int requestIds,
        int supportedClusterVersion) {

    /** The newest event version that this build can apply. */
    static final int SUPPORTED_CLUSTER_VERSION = 1;

    /** Event version of a cluster that was never raised. */
    static final int FIRST_CLUSTER_VERSION = 1;

    /** Confirmed messages that each account's outbox keeps, for a reorganisation to revive. */
    static final int REORG_WINDOW = 1024;

    /** Longest address; the longest of Filecoin has 1 + 9 + 54 bytes. */
    static final int MAX_ADDRESS_BYTES = 64;

    /** Longest signed message: twice what Filecoin takes, and what Ethereum takes. */
    static final int MAX_SIGNED_BYTES = 128 * 1024;

    /** Longest text in an event (a reason, a leader's id), in UTF-8 bytes. */
    static final int MAX_TEXT_BYTES = 1024;

    /** Most often that one nonce can be given other bytes. */
    static final int MAX_SUBSTITUTIONS = 64;

    /** Never a message's nonce, so that the next nonce always exists (as EIP-2681 has it). */
    static final long UNUSABLE_NONCE = -1L;

    static final int HASH_BYTES = 32;

    static final LedgerLimits CLUSTER =
            new LedgerLimits(1 << 24, 1 << 22, 1 << 26, 1 << 26, SUPPORTED_CLUSTER_VERSION);

    /**
     * Where the kept part of an outbox begins once it is confirmed up to a nonce: it never moves
     * back, and trails the confirmed nonce by at most the {@link Event.NonceReorged} window.
     */
    static long keptAfterConfirming(final long keptNonce, final long confirmedNonce) {
        return confirmedNonce - keptNonce > REORG_WINDOW
                ? confirmedNonce - REORG_WINDOW
                : keptNonce;
    }
}
