package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.load.ReceiptListener;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients were promised, kept until it is held against the journals: eight bytes of the CID
 * for each nonce of an account, of which there are as many as a bench sends messages at most. Any
 * thread.
 */
final class Receipts implements ReceiptListener {
    private final Map<String, NonceTable> accounts = new LinkedHashMap<>();
    private long count;
    private long doubled;
    private long strays;

    @Override
    public void onReceipt(final String from, final long nonce, final String cid) {
        final long fingerprint = Fingerprint.of(Cid.parse(cid).messageDigest());
        synchronized (this) {
            count++;
            if (!NonceTable.holds(nonce)) {
                strays++;
                return;
            }
            final NonceTable table = accounts.computeIfAbsent(from, unused -> new NonceTable());
            // A nonce of an account has one CID for ever (I2), and one receipt.
            if (!table.putIfAbsent((int) nonce, fingerprint)) {
                doubled++;
            }
        }
    }

    /** All that came. */
    synchronized long count() {
        return count;
    }

    /** Receipts for a nonce that another receipt had before. */
    synchronized long doubled() {
        return doubled;
    }

    /** Receipts for a nonce that no account of a bench can have reached. */
    synchronized long strays() {
        return strays;
    }

    /** By the account's address; those that have receipts. */
    synchronized Map<String, NonceTable> accounts() {
        return Map.copyOf(accounts);
    }

    /** Null if nothing of this account was acknowledged. */
    synchronized @Nullable NonceTable of(final String from) {
        return accounts.get(from);
    }
}
