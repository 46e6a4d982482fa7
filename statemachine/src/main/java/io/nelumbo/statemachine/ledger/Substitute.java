package io.nelumbo.statemachine.ledger;

/**
 * Bytes that took the place of a message's first ones, and the hashes its nonce had before (I2).
 * Rare, so it lives beside the queue of first bytes and not in it.
 *
 * @param signedBytes as they are pushed now
 * @param formerHashes 32 bytes each, oldest first; one at least
 */
record Substitute(byte[] signedBytes, byte[] formerHashes) {}
