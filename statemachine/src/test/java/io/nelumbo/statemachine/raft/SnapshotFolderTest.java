package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotFolderTest {
    private static final long TERM = 1;
    private static final SnapshotRetentionPolicy KEEP_ONE =
            new SnapshotRetentionPolicy() {
                @Override
                public int getNumSnapshotsRetained() {
                    return 1;
                }
            };

    @TempDir Path folder;
    private RaftStorage storage;
    private final SnapshotFolder snapshots = new SnapshotFolder();

    @BeforeEach
    void format() throws IOException {
        storage = TestStorage.formatted(folder);
        snapshots.init(storage);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void shouldNotLookAgainWhenTheFolderWasEmpty() throws IOException {
        // when: nobody told of this one
        write(5);

        // then
        assertThat(snapshots.getLatestSnapshot()).isNull();
    }

    @Test
    void shouldFindWhatWasInstalledWhenItIsToldToLook() throws IOException {
        // given
        write(5);

        // when
        snapshots.loadLatestSnapshot();

        // then
        assertThat(snapshots.getLatestSnapshot().getIndex()).isEqualTo(5);
    }

    @Test
    void shouldKnowTheSnapshotThatItWasToldOf() throws IOException {
        // when
        snapshots.updateLatestSnapshot(write(7));

        // then
        assertThat(snapshots.getLatestSnapshot().getIndex()).isEqualTo(7);
    }

    @Test
    void shouldFindASnapshotOfAnEarlierRun() throws IOException {
        // given
        write(9);

        // when
        final SnapshotFolder next = new SnapshotFolder();
        next.init(storage);

        // then
        assertThat(next.getLatestSnapshot().getIndex()).isEqualTo(9);
    }

    @Test
    void shouldLookForOldOnesOnlyAfterAnotherWasAdded() throws IOException {
        // given
        snapshots.updateLatestSnapshot(write(1));
        snapshots.cleanupOldSnapshots(KEEP_ONE);

        // when: nobody told of this one
        final Path untold = write(2).getFile().getPath();
        snapshots.cleanupOldSnapshots(KEEP_ONE);

        // then
        assertThat(fileAt(1)).exists();
        snapshots.updateLatestSnapshot(write(3));
        snapshots.cleanupOldSnapshots(KEEP_ONE);
        assertThat(fileAt(1)).doesNotExist();
        assertThat(untold).doesNotExist();
        assertThat(fileAt(3)).exists();
    }

    private Path fileAt(final long index) {
        return snapshots.getSnapshotFile(TERM, index).toPath();
    }

    private SingleFileSnapshotInfo write(final long index) throws IOException {
        final Path file = snapshots.getSnapshotFile(TERM, index).toPath();
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
        final MD5Hash digest = MD5FileUtil.computeMd5ForFile(file.toFile());
        MD5FileUtil.saveMD5File(file.toFile(), digest);
        return new SingleFileSnapshotInfo(new FileInfo(file, digest), TERM, index);
    }
}
