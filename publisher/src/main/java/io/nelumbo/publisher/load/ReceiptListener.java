package io.nelumbo.publisher.load;

/** Is told each receipt of a load, on any thread; must not block. */
@FunctionalInterface
public interface ReceiptListener {

    /** For who counts only. */
    ReceiptListener NONE = (from, nonce, cid) -> {};

    /**
     * A message was acknowledged.
     *
     * @param from its account, as the node writes addresses
     * @param nonce unsigned
     * @param cid text
     */
    void onReceipt(String from, long nonce, String cid);
}
