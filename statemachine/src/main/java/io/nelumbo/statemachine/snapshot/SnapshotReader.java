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
     * @throws SnapshotDamaged if the stream ends early, or holds anything but one snapshot
     * @throws SnapshotVersionUnknown if it holds one of a version that is not known here
     * @throws SnapshotStreamFailed if the stream fails
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
            throw new SnapshotDamaged("expected a snapshot of a ledger but was none", e);
        }
    }

    private static void readOpening(final StateReader fields) {
        final long magic = fields.getLong();
        if (magic != SnapshotFormat.MAGIC) {
            throw new SnapshotDamaged(
                    "expected a snapshot to begin with NELUMBO but was "
                            + Long.toHexString(Long.reverseBytes(magic)));
        }
        final int version = fields.getInt();
        if (version != SnapshotFormat.VERSION) {
            throw new SnapshotVersionUnknown(
                    "expected snapshot format " + SnapshotFormat.VERSION + " but was " + version);
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
