package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.SizeInBytes;

/** A member's storage, for tests of what lies in it that need no server. */
final class TestStorage {

    private TestStorage() {}

    /** New and empty in a folder; for the caller to close. */
    static RaftStorage formatted(final Path folder) throws IOException {
        final RaftStorage storage =
                RaftStorage.newBuilder()
                        .setDirectory(folder.toFile())
                        .setOption(RaftStorage.StartupOption.FORMAT)
                        .setStorageFreeSpaceMin(SizeInBytes.valueOf(0))
                        .build();
        storage.initialize();
        return storage;
    }
}
