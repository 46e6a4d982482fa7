package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.codec.BatchDecoder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory that survives the node that writes it, and forgets on command what was not
 * forced. A record is: Raft term, Raft index, previous hash, hash, batch.
 */
final class MemoryJournal implements Journal {

    private static final JournalPosition START = new JournalPosition(0, -1, 0, 0, new byte[32]);
    private static final int HEADER_BYTES = 2 * Long.BYTES + 64;

    private final List<byte[]> records = new ArrayList<>();
    private final List<JournalPosition> positions = new ArrayList<>();
    private int durableRecords;
    private int forces;
    private volatile boolean failing;
    private volatile boolean failingForce;
    private volatile boolean withholding;

    @Override
    public synchronized void append(
            final long raftTerm,
            final long raftIndex,
            final DirectBuffer batch,
            final int offset,
            final int length) {
        if (failing) {
            throw new JournalFailure("expected to append but the test's disk is broken");
        }
        final byte[] bytes = new byte[length];
        batch.getBytes(offset, bytes);
        for (int n = records.size() - 1; n >= 0 && raftIndex <= positions.get(n).raftIndex(); n--) {
            if (raftIndex == positions.get(n).raftIndex()) {
                require(Arrays.equals(batchIn(records.get(n)), bytes), "the same batch", raftIndex);
                return;
            }
        }
        require(raftIndex > last().raftIndex(), "a later index", raftIndex);
        add(raftTerm, raftIndex, bytes);
    }

    private void add(final long raftTerm, final long raftIndex, final byte[] batch) {
        final BatchDecoder decoder = decoder(batch);
        final JournalPosition before = last();
        require(decoder.firstSequence() == before.nextSequence(), "the next sequence", raftIndex);
        final ByteBuffer record =
                ByteBuffer.allocate(HEADER_BYTES + batch.length)
                        .putLong(raftTerm)
                        .putLong(raftIndex)
                        .put(before.hash())
                        .put(hash(raftTerm, raftIndex, before.hash(), batch))
                        .put(batch);
        records.add(record.array());
        positions.add(
                new JournalPosition(
                        raftTerm,
                        raftIndex,
                        decoder.firstSequence() + decoder.count(),
                        decoder.timestampNs(),
                        Arrays.copyOfRange(record.array(), HEADER_BYTES - 32, HEADER_BYTES)));
    }

    @Override
    public synchronized void appendRecord(final byte[] encodedRecord) {
        final ByteBuffer record = ByteBuffer.wrap(encodedRecord);
        final long raftTerm = record.getLong();
        final long raftIndex = record.getLong();
        if (raftIndex <= last().raftIndex()) {
            return;
        }
        add(raftTerm, raftIndex, batchIn(encodedRecord));
        require(
                Arrays.equals(records.get(records.size() - 1), encodedRecord),
                "the same record",
                raftIndex);
    }

    @Override
    public synchronized void force() {
        if (failingForce) {
            throw new JournalFailure("expected to force but the test's disk is broken");
        }
        durableRecords = records.size();
        forces++;
    }

    @Override
    public synchronized JournalPosition last() {
        return positions.isEmpty() ? START : positions.get(positions.size() - 1);
    }

    @Override
    public synchronized JournalPosition durable() {
        return durableRecords == 0 ? START : positions.get(durableRecords - 1);
    }

    @Override
    public synchronized List<byte[]> recordsAfter(final long raftIndex, final int maxBytes) {
        final List<byte[]> after = new ArrayList<>();
        if (withholding) {
            return after;
        }
        int bytes = 0;
        for (int n = 0; n < records.size(); n++) {
            if (positions.get(n).raftIndex() > raftIndex) {
                bytes += records.get(n).length;
                if (!after.isEmpty() && bytes > maxBytes) {
                    return after;
                }
                after.add(records.get(n).clone());
            }
        }
        return after;
    }

    @Override
    public synchronized byte @Nullable [] batchOf(final long sequence) {
        for (int n = 0; n < records.size(); n++) {
            if (sequence < positions.get(n).nextSequence()) {
                return batchIn(records.get(n));
            }
        }
        return null;
    }

    @Override
    public void close() {
        force();
    }

    /** As after a power cut: what was not forced is gone. */
    synchronized void forgetWhatWasNotForced() {
        keep(durableRecords);
    }

    /** Keeps the first records only, durable or not. */
    synchronized void keep(final int count) {
        records.subList(count, records.size()).clear();
        positions.subList(count, positions.size()).clear();
        durableRecords = Math.min(durableRecords, count);
    }

    /** Whether peers get no records. */
    void withhold(final boolean withheld) {
        withholding = withheld;
    }

    void breakDisk() {
        failing = true;
        failingForce = true;
    }

    void breakForce() {
        failingForce = true;
    }

    void repairDisk() {
        failing = false;
        failingForce = false;
    }

    synchronized int size() {
        return records.size();
    }

    synchronized int forces() {
        return forces;
    }

    synchronized List<byte[]> records() {
        return List.copyOf(records);
    }

    static byte[] batchIn(final byte[] record) {
        return Arrays.copyOfRange(record, HEADER_BYTES, record.length);
    }

    static long raftTermOf(final byte[] record) {
        return ByteBuffer.wrap(record).getLong(0);
    }

    static BatchDecoder decoder(final byte[] batch) {
        return new BatchDecoder().wrap(new UnsafeBuffer(batch), 0, batch.length);
    }

    private static byte[] hash(
            final long raftTerm, final long raftIndex, final byte[] before, final byte[] batch) {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(before);
            sha256.update(
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(raftTerm)
                            .putLong(raftIndex)
                            .array());
            return sha256.digest(batch);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(final boolean holds, final String what, final long raftIndex) {
        if (!holds) {
            throw new JournalFailure("expected " + what + " at Raft index " + raftIndex);
        }
    }
}
