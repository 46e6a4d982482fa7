package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.load.ReceiptListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients were promised, kept until it is held against the journals. Any thread. */
final class Receipts implements ReceiptListener {
    private final Collection<Receipt> all = new ConcurrentLinkedQueue<>();

    /** An acknowledged message; a nonce of an account has one CID for ever (I2). */
    record Receipt(String from, long nonce, String cid) {}

    @Override
    public void onReceipt(final String from, final long nonce, final String cid) {
        all.add(new Receipt(from, nonce, cid));
    }

    List<Receipt> all() {
        return new ArrayList<>(all);
    }
}
