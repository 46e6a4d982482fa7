package io.nelumbo.statemachine.snapshot;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.StateWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * Writes snapshots: the same ledger at the same Raft index gives the same bytes on every node.
 * Stateless.
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
        write(
                snapshot.raftTerm(),
                snapshot.raftIndex(),
                snapshot.journal(),
                snapshot.ledger()::writeTo,
                out);
    }

    /** The same of a ledger that goes on meanwhile; the bytes are those of its moment. */
    public static void write(final FrozenSnapshot snapshot, final OutputStream out) {
        Snapshot.check(snapshot.journal(), snapshot.raftIndex(), snapshot.ledger().nextSequence());
        write(
                snapshot.raftTerm(),
                snapshot.raftIndex(),
                snapshot.journal(),
                snapshot.ledger()::writeTo,
                out);
    }

    private static void write(
            final long raftTerm,
            final long raftIndex,
            final JournalPosition journal,
            final Consumer<StateWriter> ledger,
            final OutputStream out) {
        final MessageDigest sha256 = SnapshotFormat.sha256();
        final StateWriter fields =
                new StateWriter(
                        (chunk, offset, length) -> {
                            sha256.update(chunk, offset, length);
                            write(out, chunk, offset, length);
                        });
        writeHeader(raftTerm, raftIndex, journal, fields);
        ledger.accept(fields);
        fields.flush();
        write(out, sha256.digest(), 0, SnapshotFormat.HASH_BYTES);
        flush(out);
    }

    private static void writeHeader(
            final long raftTerm,
            final long raftIndex,
            final JournalPosition journal,
            final StateWriter fields) {
        fields.putLong(SnapshotFormat.MAGIC);
        fields.putInt(SnapshotFormat.VERSION);
        fields.putLong(raftTerm);
        fields.putLong(raftIndex);
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
