package io.nelumbo.statemachine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.JournalReader;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.Events;
import io.nelumbo.statemachine.ledger.TestCluster;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** I7: the fold of what was applied is the ledger that applied it. */
final class ReplayTest {

    @Test
    void shouldMakeTheLedgerThatTheBatchesMade() {
        final TestCluster cluster = TestCluster.withAccounts(3);
        for (int nonce = 0; nonce < 500; nonce++) {
            cluster.with(Events.message(nonce % 3, nonce / 3, nonce));
        }
        cluster.with(Events.confirmed(1, 20), Events.displaced(2, 30));

        final Replay replay = Replay.of(new Batches(cluster.applied()));

        assertThat(replay.records()).isEqualTo(cluster.applied().size());
        assertThat(replay.ledger().digest()).isEqualTo(cluster.ledger().digest());
    }

    @Test
    void shouldRefuseABatchThatDoesNotApply() {
        final TestCluster cluster = TestCluster.withAccounts(1);
        cluster.with(Events.message(0, 0, 1)).with(Events.message(0, 1, 2));
        final List<EventBatch> applied = cluster.applied();
        final EventBatch first = applied.get(0);

        assertThatThrownBy(() -> Replay.of(new Batches(List.of(first, first))))
                .isInstanceOf(ReplayRefused.class)
                .hasMessageContaining("Raft index 1");
    }

    /** A journal that holds these batches; what proves the chain is another test's. */
    private static final class Batches implements JournalReader {
        private final Queue<EventBatch> left;
        private long raftIndex;

        Batches(final List<EventBatch> batches) {
            left = new ArrayDeque<>(batches);
        }

        @Override
        public @Nullable JournalRecord next() {
            final EventBatch batch = left.poll();
            return batch == null
                    ? null
                    : new JournalRecord(
                            batch.epoch(),
                            raftIndex++,
                            batch.epoch(),
                            batch.firstSequence(),
                            batch.events().size(),
                            batch.timestampNs(),
                            new byte[32],
                            new byte[32],
                            BatchEncoder.encode(batch));
        }

        @Override
        public JournalPosition position() {
            return JournalPosition.genesis();
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }
}
