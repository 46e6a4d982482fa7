package io.nelumbo.statemachine.ledger;

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
 * @param reorgWindow at most this many confirmed messages of an account are kept, for a
 *     reorganisation to revive; one that goes deeper is rejected
 * @param supportedClusterVersion a batch that raises the cluster beyond is {@link
 *     ApplyOutcome.Unsupported}
 */
public record LedgerLimits(
        int accounts,
        int unconfirmedPerAccount,
        int unconfirmed,
        int requestIds,
        int reorgWindow,
        int supportedClusterVersion) {

    /** The newest event version that this build can apply. */
    public static final int SUPPORTED_CLUSTER_VERSION = 1;

    /** Event version of a cluster that was never raised. */
    public static final int FIRST_CLUSTER_VERSION = 1;

    /** Longest address; the longest of Filecoin has 1 + 9 + 54 bytes. */
    public static final int MAX_ADDRESS_BYTES = 64;

    /** Longest signed message: twice what Filecoin takes, and what Ethereum takes. */
    public static final int MAX_SIGNED_BYTES = 128 * 1024;

    /** Longest text in an event (a reason, a leader's id), in UTF-8 bytes. */
    public static final int MAX_TEXT_BYTES = 1024;

    /** Most often that one nonce can be given other bytes. */
    public static final int MAX_SUBSTITUTIONS = 64;

    /** Never a message's nonce, so that the next nonce always exists (as EIP-2681 has it). */
    public static final long UNUSABLE_NONCE = -1L;

    public static final int HASH_BYTES = 32;

    public static final LedgerLimits CLUSTER =
            new LedgerLimits(1 << 24, 1 << 22, 1 << 26, 1 << 26, 1024, SUPPORTED_CLUSTER_VERSION);

    /**
     * Where the kept part of an outbox begins once it is confirmed up to a nonce: it never moves
     * back, and trails the confirmed nonce by the window at most.
     */
    long keptAfterConfirming(final long keptNonce, final long confirmedNonce) {
        return confirmedNonce - keptNonce > reorgWindow ? confirmedNonce - reorgWindow : keptNonce;
    }
}
