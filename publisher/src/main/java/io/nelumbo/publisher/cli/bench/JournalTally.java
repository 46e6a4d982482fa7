package io.nelumbo.publisher.cli.bench;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.cli.devnet.JournalScan;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Owned by one thread. What one journal has of each account, a bit for each of its messages. */
final class JournalTally implements JournalScan.Reader {
    private final Receipts receipts;
    private final RecordHashes hashes;
    private final Map<String, Nonces> accounts = new HashMap<>();
    private long doubled;
    private long strays;

    /** Which nonces are journaled, and which of them with the bytes that a receipt promised. */
    private record Nonces(BitSet journaled, BitSet kept) {}

    JournalTally(final Receipts receipts, final RecordHashes hashes) {
        this.receipts = receipts;
        this.hashes = hashes;
    }

    @Override
    public void onRecord(final byte[] hash) {
        hashes.next(Fingerprint.of(hash));
    }

    @Override
    public void onMessage(final String from, final Event.MessageSequenced message) {
        if (!NonceTable.holds(message.nonce())) {
            strays++;
            return;
        }
        final Nonces nonces =
                accounts.computeIfAbsent(from, unused -> new Nonces(new BitSet(), new BitSet()));
        final int nonce = (int) message.nonce();
        if (nonces.journaled().get(nonce)) {
            doubled++;
        }
        nonces.journaled().set(nonce);
        final NonceTable promised = receipts.of(from);
        if (promised != null && promised.of(nonce) == Fingerprint.of(message.hash())) {
            nonces.kept().set(nonce);
        }
    }

    /** Nonces that came a second time. */
    long doubled() {
        return doubled;
    }

    /**
     * Nonces that are missing between an account's lowest and its highest; one for each nonce
     * beyond what an account can have reached.
     */
    long gaps() {
        long gaps = strays;
        for (final Nonces nonces : accounts.values()) {
            final BitSet all = nonces.journaled();
            gaps += all.length() - all.nextSetBit(0) - all.cardinality();
        }
        return gaps;
    }

    /** Whether the message of a receipt is in it. */
    boolean keeps(final String from, final int nonce) {
        final Nonces nonces = accounts.get(from);
        return nonces != null && nonces.kept().get(nonce);
    }
}
