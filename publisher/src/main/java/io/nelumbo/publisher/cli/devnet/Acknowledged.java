package io.nelumbo.publisher.cli.devnet;

import java.util.UUID;

/**
 * A receipt that a client holds: what must never be lost.
 *
 * @param from account's address text
 * @param cid text of the message's CID
 * @param sentNs when the request was first sent, by the monotonic clock
 * @param receivedNs when the receipt came
 */
record Acknowledged(
        UUID requestId, String from, long nonce, String cid, long sentNs, long receivedNs) {}
