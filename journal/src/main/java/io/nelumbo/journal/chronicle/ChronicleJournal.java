package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Fault;
import io.nelumbo.journal.Journal;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.Order;
import io.nelumbo.journal.RecordDecoder;
import io.nelumbo.journal.RecordEncoder;
import io.nelumbo.journal.codec.BatchDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The journal in Chronicle Queue files. One thread appends (not always the same, but never two at a
 * time); any thread may force, read and ask. Do not interrupt them: an interrupted fsync is a
 * failed one.
 *
 * <p>Chronicle writes the files, and nothing more is asked of it: what is intact, what is durable
 * and where the journal ends is decided here, from bytes that are read back with plain reads,
 * because Chronicle's own answers do not survive a power cut. Once the medium failed, every call
 * fails (I11).
 */
public final class ChronicleJournal implements Journal {

    private final Path folder;
    private final int maxRecordBytes;
    private final FolderLock lock;
    private final CycleAppender appender;
    private final Headroom headroom;
    private final Waypoints waypoints;
    private final Durability durability;
    private final JournalLookup lookup;
    private final Replay replay;
    private final FailStop failStop = new FailStop();
    private final BatchDecoder batchDecoder = new BatchDecoder();
    private final RecordEncoder encoder = new RecordEncoder();
    private final RecordDecoder decoder = new RecordDecoder();
    private String provenFileName = "";

    private ChronicleJournal(
            final Path folder,
            final ChronicleJournalOptions options,
            final FolderLock lock,
            final CycleAppender appender,
            final Waypoints waypoints,
            final Durability durability) {
        this.folder = folder;
        this.lock = lock;
        this.appender = appender;
        this.waypoints = waypoints;
        this.durability = durability;
        maxRecordBytes = options.maxRecordBytes();
        headroom = new Headroom(folder, options);
        lookup = new JournalLookup(folder, waypoints, durability);
        replay = new Replay(folder, waypoints);
    }

    /**
     * Opens a journal, or begins one: takes the folder's lock, verifies what was appended after the
     * last checkpoint, sets a damaged tail aside, and makes the rest durable. The folder belongs to
     * the journal alone, and must lie outside of Ratis's storage, on ext4 or xfs.
     *
     * @throws JournalFailure if it is open elsewhere, or lost records that had been durable; the
     *     message says what to do
     */
    public static ChronicleJournal open(final Path folder, final ChronicleJournalOptions options) {
        final FolderLock lock;
        try {
            Files.createDirectories(folder);
            lock = FolderLock.acquire(folder);
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot make the journal's folder " + folder, cause);
        }
        try {
            return open(folder, options, lock);
        } catch (final IOException | RuntimeException | InternalError cause) {
            lock.close();
            throw cause instanceof JournalFailure failure
                    ? failure
                    : new JournalFailure("Cannot open the journal " + folder, cause);
        }
    }

    private static ChronicleJournal open(
            final Path folder, final ChronicleJournalOptions options, final FolderLock lock)
            throws IOException {
        final Waypoints waypoints = new Waypoints();
        final Recovery recovery = new Recovery(folder, options, waypoints);
        final Recovery.Opened opened = recovery.open();
        try {
            final Durability durability =
                    new Durability(
                            folder,
                            opened.end(),
                            recovery.durable(),
                            CycleFiles.in(folder),
                            waypoints);
            durability.force();
            return new ChronicleJournal(
                    folder, options, lock, opened.appender(), waypoints, durability);
        } catch (final IOException | RuntimeException cause) {
            opened.appender().close();
            throw cause;
        }
    }

    @Override
    public void append(
            final long raftTerm,
            final long raftIndex,
            final DirectBuffer batch,
            final int offset,
            final int length) {
        failStop.requireSound();
        if (raftIndex <= last().raftIndex()) {
            requireJournaled(raftTerm, raftIndex, batch, offset, length);
            return;
        }
        batchDecoder.wrap(batch, offset, length);
        requireNoFault(
                Order.faultAfter(
                        last(),
                        raftTerm,
                        raftIndex,
                        batchDecoder.firstSequence(),
                        batchDecoder.timestampNs()),
                raftIndex);
        final int recordBytes = encoder.encode(raftTerm, raftIndex, batchDecoder, last().hash());
        decoder.wrapTrusted(encoder.array(), recordBytes);
        write(encoder.array(), recordBytes);
    }

    @Override
    public void appendRecord(final byte[] encodedRecord) {
        failStop.requireSound();
        final Fault damage = decoder.wrap(encodedRecord, 0, encodedRecord.length);
        if (damage != null) {
            throw new JournalFailure("A peer's record is damaged: " + damage);
        }
        requireNoFault(decoder.payloadFault(batchDecoder), decoder.raftIndex());
        if (decoder.raftIndex() <= last().raftIndex()) {
            requireJournaled(encodedRecord);
            return;
        }
        requireNoFault(decoder.faultAfter(last()), decoder.raftIndex());
        write(encodedRecord, encodedRecord.length);
    }

    @Override
    public void force() {
        failStop.requireSound();
        try {
            durability.force();
        } catch (final IOException cause) {
            throw failStop.fail("Cannot make the journal " + folder + " durable", cause);
        }
    }

    @Override
    public JournalPosition last() {
        return durability.appended().position();
    }

    @Override
    public JournalPosition durable() {
        return durability.durable();
    }

    @Override
    public List<byte[]> recordsAfter(final long raftIndex, final int maxBytes) {
        failStop.requireSound();
        try {
            return lookup.recordsAfter(raftIndex, maxBytes);
        } catch (final IOException cause) {
            throw failStop.fail("Cannot read the journal " + folder, cause);
        }
    }

    @Override
    public byte @Nullable [] batchOf(final long sequence) {
        failStop.requireSound();
        try {
            return lookup.batchOf(sequence);
        } catch (final IOException cause) {
            throw failStop.fail("Cannot read the journal " + folder, cause);
        }
    }

    /**
     * Whether free disk space is above the watermark. When it is not, stop taking work: appending
     * goes on working for what is in flight, down to an eighth of the watermark, and fails then.
     * Any thread; cheap, for the disk is asked only now and then.
     */
    public boolean hasHeadroom() {
        return headroom.isAboveWatermark();
    }

    @Override
    public void close() {
        try (lock;
                appender;
                replay) {
            if (!failStop.hasFailed()) {
                force();
            }
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot close the journal " + folder, cause);
        }
    }

    /** The record is in the decoder and continues the journal. */
    private void write(final byte[] record, final int length) {
        if (length > maxRecordBytes) {
            throw new JournalFailure(
                    "Expected a record of at most " + maxRecordBytes + " bytes but was " + length);
        }
        try {
            replay.close();
            headroom.requireRoomFor(length);
            final Place before = durability.appended().end();
            appender.append(decoder.timestampNs(), record, length);
            final Place end = new Place(appender.currentFileName(), appender.endOfLast());
            final Place begin = before.beginOfNextIn(end.fileName());
            proveFirstInFile(begin, record, length);
            final JournalPosition position = decoder.position();
            durability.append(new JournalEnd(position, begin, end));
            waypoints.pass(position, end);
        } catch (final IOException | RuntimeException | InternalError | AssertionError cause) {
            throw failStop.fail("Cannot append to the journal " + folder, cause);
        }
    }

    /**
     * The first record that this process appends to a file is read back, the way a start will read
     * it: proof that Chronicle continued the file where we believe that it ends.
     */
    private void proveFirstInFile(final Place begin, final byte[] record, final int length)
            throws IOException {
        if (begin.fileName().equals(provenFileName)) {
            return;
        }
        try (CycleFileReader reader =
                new CycleFileReader(folder.resolve(begin.fileName()), begin.position())) {
            if (reader.next() != CycleFileReader.Step.EXCERPT
                    || !reader.excerptEquals(record, length)) {
                throw new JournalFailure(
                        "Expected the record just appended in "
                                + begin
                                + " but something else is there");
            }
        }
        provenFileName = begin.fileName();
    }

    /** The record is in the decoder. */
    private void requireJournaled(final byte[] encodedRecord) {
        if (!Arrays.equals(journaled(decoder.raftIndex()).toBytes(), encodedRecord)) {
            throw new JournalFailure(
                    "A peer's record of Raft index "
                            + decoder.raftIndex()
                            + " differs from ours: one of the two journals is not this cluster's");
        }
    }

    private void requireJournaled(
            final long raftTerm,
            final long raftIndex,
            final DirectBuffer batch,
            final int offset,
            final int length) {
        final RecordDecoder journaled = journaled(raftIndex);
        if (journaled.raftTerm() != raftTerm || !journaled.hasPayload(batch, offset, length)) {
            throw new JournalFailure(
                    "Raft index "
                            + raftIndex
                            + " is journaled with term "
                            + journaled.raftTerm()
                            + " and other content than the one of term "
                            + raftTerm
                            + " that is applied now: this journal and this Raft log do not belong"
                            + " together");
        }
    }

    private RecordDecoder journaled(final long raftIndex) {
        try {
            return replay.recordOf(raftIndex);
        } catch (final IOException cause) {
            throw failStop.fail("Cannot read the journal " + folder, cause);
        }
    }

    private void requireNoFault(final @Nullable Fault fault, final long raftIndex) {
        if (fault != null) {
            throw new JournalFailure(
                    "The record of Raft index "
                            + raftIndex
                            + " does not continue the journal "
                            + folder
                            + " after "
                            + last()
                            + ": "
                            + fault);
        }
    }
}
