package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.sbe.BatchHeaderDecoder;

/**
 * The bounds at which the ledger rejects a batch: constants of the cluster version. The pipeline
 * stays inside them, whatever it was configured or asked to do, because a rejected batch costs the
 * epoch.
 */
final class LedgerFences {

    /** Longest signed message. */
    static final int MAX_SIGNED_BYTES = 128 * 1024;

    /** Longest text in an event, in UTF-8 bytes. */
    static final int MAX_TEXT_BYTES = 1024;

    static final int MAX_ADDRESS_BYTES = 64;

    static final int MAX_ACCOUNTS = 1 << 24;

    /** Most often that one nonce can be given other bytes. */
    static final int MAX_SUBSTITUTIONS = 64;

    /** Nonces of one account that are used and not confirmed. */
    static final long MAX_UNCONFIRMED_OF_ACCOUNT = 1 << 22;

    /** Messages over all accounts that are not confirmed. */
    static final long MAX_UNCONFIRMED = 1 << 26;

    static final int MAX_REQUEST_IDS = 1 << 26;

    /** Never a message's nonce, so that a next nonce always exists. */
    static final long UNUSABLE_NONCE = -1L;

    /** A node halts at an event of a later version. */
    static final int MAX_CLUSTER_VERSION = BatchHeaderDecoder.SCHEMA_VERSION;

    private LedgerFences() {}
}
