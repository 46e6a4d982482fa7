package io.nelumbo.statemachine.snapshot;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.InvalidState;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.StateReader;
import java.io.InputStream;

/**
 * Reads snapshots, trusting nothing: the ledger it returns is a new one, whole, and verified to the
 * last byte. Stateless.
 */
public final class SnapshotReader {

    private SnapshotReader() {}

    /**
     * Reads a snapshot to the end of the stream, which the caller closes.
     *
     * @throws SnapshotFailure if the stream fails or ends early, or holds anything but one snapshot
     *     of a version known here
     */
    public static Snapshot read(final InputStream in) {
        final VerifiedInput input = new VerifiedInput(in);
        final StateReader fields = new StateReader(input::read);
        try {
            readOpening(fields);
            final long raftTerm = fields.getLong();
            final long raftIndex = fields.getLong();
            final JournalPosition journal = readPosition(fields);
            final Ledger ledger = Ledger.readFrom(fields);
            input.verifyEnd();
            return new Snapshot(raftTerm, raftIndex, journal, ledger);
        } catch (final InvalidState e) {
            throw new SnapshotFailure("expected a snapshot of a ledger but was none", e);
        }
    }

    private static void readOpening(final StateReader fields) {
        final long magic = fields.getLong();
        if (magic != SnapshotFormat.MAGIC) {
            throw new SnapshotFailure(
                    "expected a snapshot to begin with NELUMBO but was "
                            + Long.toHexString(Long.reverseBytes(magic)));
        }
        final int version = fields.getInt();
        if (version != SnapshotFormat.VERSION) {
            throw new SnapshotFailure(
                    "expected snapshot format "
                            + SnapshotFormat.VERSION
                            + " but was "
                            + version
                            + "; use the release that wrote it, or a newer one");
        }
    }

    private static JournalPosition readPosition(final StateReader fields) {
        final long raftTerm = fields.getLong();
        final long raftIndex = fields.getLong();
        final long nextSequence = fields.getLong();
        final long timestampNs = fields.getLong();
        return new JournalPosition(
                raftTerm,
                raftIndex,
                nextSequence,
                timestampNs,
                fields.getBytes(SnapshotFormat.HASH_BYTES));
    }
}
