package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One node of a test's cluster; its folder and journal outlive its runs. */
final class TestNode {

    final RaftSettings settings;
    MemoryJournal journal = new MemoryJournal();
    Ledger ledger = new Ledger();
    RecordingListener listener = new RecordingListener();
    RecordingHalt halt = new RecordingHalt();
    private RaftNode raft;

    TestNode(final RaftSettings settings) {
        this.settings = settings;
    }

    /** Starts with an empty ledger, the same folder and the same journal. */
    void start() throws IOException {
        ledger = new Ledger();
        listener = new RecordingListener();
        halt = new RecordingHalt();
        raft = RaftNode.start(settings, ledger, journal, listener, halt);
    }

    void stop() {
        if (isRunning()) {
            closeRaft();
        }
    }

    /** Ends the run as a power cut would: nothing is forced or snapshotted any more. */
    void crash() {
        journal.breakDisk();
        closeRaft();
        journal.repairDisk();
        journal.forgetWhatWasNotForced();
    }

    private void closeRaft() {
        try {
            raft.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        raft = null;
    }

    boolean isRunning() {
        return raft != null;
    }

    RaftNode raft() {
        return raft;
    }

    String peerId() {
        return settings.peerId();
    }
}
