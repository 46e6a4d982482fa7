package io.nelumbo.statemachine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Events;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

final class SnapshotTest {

    @Test
    void shouldGiveTheSameLedgerWhenASnapshotIsReadBack() {
        // given
        final Ledger ledger = busyLedger();

        // when
        final Snapshot read = SnapshotReader.read(new ByteArrayInputStream(bytesOf(ledger)));

        // then
        assertThat(read.ledger().digest()).isEqualTo(ledger.digest());
        assertThat(read.raftTerm()).isEqualTo(3);
        assertThat(read.raftIndex()).isEqualTo(77);
        assertThat(read.journal()).usingRecursiveComparison().isEqualTo(positionOf(ledger));
        assertThat(bytesOf(read.ledger())).isEqualTo(bytesOf(ledger));
    }

    static Ledger busyLedger() {
        final TestCluster cluster = TestCluster.withAccounts(3);
        for (int nonce = 0; nonce < 10; nonce++) {
            cluster.apply(Events.message(0, nonce, nonce), Events.message(1, nonce, 100 + nonce));
        }
        cluster.apply(Events.confirmed(0, 2), Events.displaced(0, 5), Events.displaced(2, 0));
        cluster.apply(Events.replaced(0, 3, 200), Events.filled(0, 4, 201));
        cluster.apply(Events.halted(1, "why not: ü"), Events.expired(7));
        return cluster.ledger();
    }

    static byte[] bytesOf(final Ledger ledger) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotWriter.write(new Snapshot(3, 77, positionOf(ledger), ledger), out);
        return out.toByteArray();
    }

    static JournalPosition positionOf(final Ledger ledger) {
        return new JournalPosition(
                2, 70, ledger.nextSequence(), ledger.lastTimestampNs(), Events.hash("journal", 1));
    }
}
