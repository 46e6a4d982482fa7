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
            end(RaftNode::close);
        }
    }

    /** Ends the run; nobody is to lead after it. */
    void abandon() {
        if (isRunning()) {
            end(RaftNode::abandon);
        }
    }

    /** Ends the run as a power cut would: nothing is forced or snapshotted any more. */
    void crash() {
        journal.breakDisk();
        end(RaftNode::abandon);
        journal.repairDisk();
        journal.forgetWhatWasNotForced();
    }

    private interface Way {
        void end(RaftNode raft) throws IOException;
    }

    private void end(final Way way) {
        try {
            way.end(raft);
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
