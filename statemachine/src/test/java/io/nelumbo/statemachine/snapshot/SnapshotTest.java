package io.nelumbo.statemachine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Events;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
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

    /** Golden: if this fails, the format has changed and needs a new version. */
    @Test
    void shouldKeepTheBytesOfFormatVersion2WhenCodeChanges() {
        final byte[] bytes = bytesOf(busyLedger());

        assertThat(bytes).hasSize(32_923);
        assertThat(HexFormat.of().formatHex(bytes, bytes.length - 32, bytes.length))
                .isEqualTo("f1d7609dc4952ce5fa28c4c337e2cdc5c752f41074ab81daabaaddccb81a4506");
    }

    @Test
    void shouldGiveTheSameBytesI7WhenNodesTookDifferentWaysToTheSameState() {
        // given: one node applies all, one restores a snapshot in between and goes on
        final TestCluster all = TestCluster.withAccounts(2);
        final TestCluster half = TestCluster.withAccounts(2);
        for (int nonce = 0; nonce < 1200; nonce++) {
            all.with(Events.message(0, nonce, nonce));
            half.with(Events.message(0, nonce, nonce));
        }
        final Snapshot snapshot =
                SnapshotReader.read(new ByteArrayInputStream(bytesOf(half.ledger())));
        half.ledger().adopt(snapshot.ledger());

        // when
        for (final TestCluster cluster : List.of(all, half)) {
            cluster.with(Events.confirmed(0, 1100), Events.replaced(0, 1150, 5000));
            cluster.with(Events.message(1, 0, 6000), Events.reorged(0, 100), Events.expired(500));
            cluster.with(Events.displaced(0, 1160), Events.confirmed(0, 1180));
        }

        // then
        assertThat(half.ledger().digest()).isEqualTo(all.ledger().digest());
        assertThat(bytesOf(half.ledger())).isEqualTo(bytesOf(all.ledger()));
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
