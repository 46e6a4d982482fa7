package io.nelumbo.publisher.cli.bench;

/**
 * What the journals of all nodes say about the receipts that clients hold.
 *
 * @param acknowledged receipts
 * @param lost receipts whose message is not in every journal, under its nonce and with its CID (I5)
 * @param duplicated receipts for a nonce that another receipt has, and nonces that a journal has
 *     twice (I1)
 * @param gaps nonces missing below an account's highest in a journal (I1)
 * @param journalsAgree whether each journal is whole, and none contradicts another (I7); one may
 *     end earlier, because nodes are stopped one after the other
 */
record Verdict(long acknowledged, long lost, long duplicated, long gaps, boolean journalsAgree) {

    /** Whether everything that was promised was kept. */
    boolean isClean() {
        return lost == 0 && duplicated == 0 && gaps == 0 && journalsAgree;
    }
}
