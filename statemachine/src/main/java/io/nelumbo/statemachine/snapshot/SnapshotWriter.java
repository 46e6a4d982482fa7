package io.nelumbo.statemachine.snapshot;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.StateWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Writes snapshots: the same ledger at the same Raft index gives the same bytes on every node.
 * Stateless; no batch is applied while it writes.
 */
public final class SnapshotWriter {

    private SnapshotWriter() {}

    /**
     * Writes a snapshot in chunks, and flushes. Nothing is durable on return: that is the caller's
     * business, as is closing the stream.
     *
     * @throws SnapshotStreamFailed if the stream fails; what was written is worthless then
     */
    public static void write(final Snapshot snapshot, final OutputStream out) {
        final MessageDigest sha256 = SnapshotFormat.sha256();
        final StateWriter fields =
                new StateWriter(
                        (chunk, offset, length) -> {
                            sha256.update(chunk, offset, length);
                            write(out, chunk, offset, length);
                        });
        writeHeader(snapshot, fields);
        snapshot.ledger().writeTo(fields);
        fields.flush();
        write(out, sha256.digest(), 0, SnapshotFormat.HASH_BYTES);
        flush(out);
    }

    private static void writeHeader(final Snapshot snapshot, final StateWriter fields) {
        final JournalPosition journal = snapshot.journal();
        fields.putLong(SnapshotFormat.MAGIC);
        fields.putInt(SnapshotFormat.VERSION);
        fields.putLong(snapshot.raftTerm());
        fields.putLong(snapshot.raftIndex());
        fields.putLong(journal.raftTerm());
        fields.putLong(journal.raftIndex());
        fields.putLong(journal.nextSequence());
        fields.putLong(journal.timestampNs());
        fields.putBytes(journal.hash());
    }

    private static void write(
            final OutputStream out, final byte[] bytes, final int offset, final int length) {
        try {
            out.write(bytes, offset, length);
        } catch (final IOException e) {
            throw new SnapshotStreamFailed("expected to write a snapshot but the stream failed", e);
        }
    }

    private static void flush(final OutputStream out) {
        try {
            out.flush();
        } catch (final IOException e) {
            throw new SnapshotStreamFailed("expected to flush a snapshot but the stream failed", e);
        }
    }
}
