package io.nelumbo.publisher.node;

import io.nelumbo.publisher.api.KeysHere;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the accounts whose key is not here. Any thread; one of them counts at a time. Accounts are
 * never closed, so only the new ones are looked up, until what is known is old: then keys may have
 * come and gone.
 */
final class KeyCensus {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCensus.class);
    private static final int MAX_EXAMPLES = 8;

    /** A million accounts are looked up in a fraction of a second. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final LedgerView ledger;
    private final Wallet wallet;
    private final LongSupplier nanoTime;
    private final List<String> examples = new ArrayList<>();
    private int counted;
    private int withoutKey;
    private long begunNs;

    KeyCensus(final LedgerView ledger, final Wallet wallet, final LongSupplier nanoTime) {
        this.ledger = ledger;
        this.wallet = wallet;
        this.nanoTime = nanoTime;
        this.begunNs = nanoTime.getAsLong();
    }

    /** What the node could sign for now, or a little while ago. */
    synchronized KeysHere count() {
        if (nanoTime.getAsLong() - begunNs > MAX_AGE.toNanos()) {
            begin();
        }
        for (final int end = ledger.accountCount(); counted < end; counted++) {
            final FilecoinAddress address = new FilecoinAddress(ledger.account(counted).address());
            if (!wallet.has(address)) {
                withoutKey++;
                if (examples.size() < MAX_EXAMPLES) {
                    examples.add(address.toString());
                }
            }
        }
        return new KeysHere(wallet.isLocked(), withoutKey, examples);
    }

    /** Says at the beginning of an epoch of ours what cannot be signed in it. */
    void complain() {
        final String complaint = count().complaint();
        if (!complaint.isEmpty()) {
            LOG.warn("{}", complaint);
        }
    }

    private void begin() {
        counted = 0;
        withoutKey = 0;
        examples.clear();
        begunNs = nanoTime.getAsLong();
    }
}
