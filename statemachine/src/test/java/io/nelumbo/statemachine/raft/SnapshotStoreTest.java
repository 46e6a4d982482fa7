package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.server.storage.RaftStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I7: a replica starts from the latest snapshot of its folder, and from nothing else. */
final class SnapshotStoreTest {

    @TempDir Path folder;

    private final JournaledLedger replica = new JournaledLedger();
    private final SnapshotStore store = new SnapshotStore(replica.ledger, replica.journal);
    private RaftStorage storage;

    @BeforeEach
    void initialize() throws IOException {
        storage = TestStorage.formatted(folder);
        store.storage().init(storage);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void shouldStartWithoutASnapshotWhenTheFolderIsMissing() throws IOException {
        // given: Ratis died while it put an installed folder in place of this one
        Files.delete(store.storage().getSnapshotFile(0, 0).toPath().getParent());
        final SnapshotStore again = new SnapshotStore(replica.ledger, replica.journal);
        again.storage().init(storage);

        // when, then
        assertThat(again.restore()).isEmpty();
        assertThat(again.take(replica.last())).isTrue();
    }

    @Test
    void shouldRestoreWhatWasReadBeforeOnceAndOnlyIfItIsTheLatest() throws IOException {
        // given
        replica.commit(10);
        assertThat(store.take(replica.last())).isTrue();
        final byte[] earlier = replica.ledger.digest();
        final Path file = store.storage().getLatestSnapshot().getFile().getPath();
        final Ledger restored = new Ledger();
        final SnapshotStore again = new SnapshotStore(restored, replica.journal);
        again.storage().init(storage);
        again.expectToRestore(SnapshotReader.read(Files.newInputStream(file)));
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[] {1, 2, 3});

        // when, then: not read again, but only once
        assertThat(again.restore()).isPresent();
        assertThat(restored.digest()).isEqualTo(earlier);
        assertThatThrownBy(again::restore).hasMessageContaining("is damaged");

        // when, then: another is the latest
        Files.write(file, whole);
        again.expectToRestore(SnapshotReader.read(Files.newInputStream(file)));
        replica.commit(10);
        assertThat(store.take(replica.last())).isTrue();
        assertThat(again.restore()).isPresent();
        assertThat(restored.digest()).isEqualTo(replica.ledger.digest()).isNotEqualTo(earlier);
    }
}
