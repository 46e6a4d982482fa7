package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.statemachine.ledger.Events;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.TestCluster;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.ratis.server.protocol.TermIndex;

/** A ledger of two accounts and a journal in memory, one batch at each Raft index from 0 on. */
final class JournaledLedger {

    private static final long TERM = 1;

    private final TestCluster cluster = TestCluster.withAccounts(2);
    private int journaled;

    final Ledger ledger = cluster.ledger();
    final MemoryJournal journal = new MemoryJournal();

    JournaledLedger() {
        follow();
    }

    /** Applies and journals so many batches of one message. */
    void commit(final int messages) {
        for (int n = 0; n < messages; n++) {
            final int accountId = n % 2;
            cluster.with(
                    Events.message(
                            accountId, ledger.nextNonce(accountId), cluster.applied().size()));
        }
        follow();
    }

    /** The last batch's. */
    TermIndex last() {
        return TermIndex.valueOf(TERM, journaled - 1L);
    }

    private void follow() {
        final List<byte[]> batches =
                cluster.applied().stream().skip(journaled).map(BatchEncoder::encode).toList();
        for (final byte[] batch : batches) {
            journal.append(TERM, journaled, new UnsafeBuffer(batch), 0, batch.length);
            journaled++;
        }
    }
}
