package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.Wire;

/**
 * Appends excerpts with Chronicle Queue, in files whose cycle follows the records' timestamps and
 * not the wall clock. Owned by one thread. What was appended is in the page cache, no further.
 */
final class CycleAppender implements AutoCloseable {

    private static final String CHRONICLE_METADATA = "metadata.cq4t";
    private static final int BLOCKS_PER_RECORD = 4;
    private static final long LOCK_TIMEOUT_MS = 2_000;
    private static final int EXCERPT_BYTES = 256 * 1024;

    private final RecordClock clock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;

    /**
     * Off the heap, because Chronicle copies a run of memory from there, but eight bytes at a time
     * out of an array.
     */
    private final Bytes<ByteBuffer> excerpt = Bytes.elasticByteBuffer(EXCERPT_BYTES);

    private int currentCycle = -1;
    private String currentFileName = "";

    private CycleAppender(
            final RecordClock clock,
            final SingleChronicleQueue queue,
            final ExcerptAppender appender) {
        this.clock = clock;
        this.queue = queue;
        this.appender = appender;
        excerpt.singleThreadedCheckDisabled(true);
    }

    /**
     * Opens a folder whose lock the caller holds. Chronicle's own bookkeeping is made anew each
     * time: it follows from the files, a power cut may have torn it, and it holds the write lock of
     * a process that may have died.
     *
     * @param timestampNs timestamp of the last record, or 0
     */
    static CycleAppender open(
            final Path folder, final ChronicleJournalOptions options, final long timestampNs)
            throws IOException {
        QuietChronicle.apply();
        Files.deleteIfExists(folder.resolve(CHRONICLE_METADATA));
        final RecordClock clock = new RecordClock(timestampNs);
        final SingleChronicleQueue queue =
                SingleChronicleQueueBuilder.binary(folder)
                        .rollCycle(options.cycle().rollCycle())
                        .timeProvider(clock)
                        .blockSize(Math.multiplyExact(options.maxRecordBytes(), BLOCKS_PER_RECORD))
                        .timeoutMS(LOCK_TIMEOUT_MS)
                        .build();
        try {
            if (queue.rollCycle() != options.cycle().rollCycle()) {
                throw new JournalFailure(
                        "The journal "
                                + folder
                                + " was begun with another cycle than "
                                + options.cycle()
                                + ": configure that one again, or use another folder");
            }
            final ExcerptAppender appender = queue.createAppender();
            // Opened on one thread, used on another; never on two at a time.
            appender.singleThreadedCheckDisabled(true);
            return new CycleAppender(clock, queue, appender);
        } catch (final RuntimeException | InternalError | AssertionError cause) {
            queue.close();
            throw cause;
        }
    }

    /** Appends one record. */
    void append(final long timestampNs, final byte[] record, final int length) {
        clock.moveTo(timestampNs);
        excerpt.clear();
        excerpt.write(record, 0, length);
        appender.writeBytes(excerpt);
        final File file = appender.currentFile();
        if (appender.cycle() != currentCycle && file != null) {
            currentCycle = appender.cycle();
            currentFileName = file.getName();
        }
    }

    /** The file that was appended to last. */
    String currentFileName() {
        return currentFileName;
    }

    /** Where the last record ends in that file. */
    long endOfLast() {
        final Wire wire = appender.wire();
        if (wire == null) {
            throw new IllegalStateException("expected an appended record but was none");
        }
        return wire.bytes().writePosition();
    }

    /** Where Chronicle believes the last excerpt of the last file begins; 0 in an empty folder. */
    long lastExcerptAt() {
        final int cycle = queue.lastCycle();
        if (cycle == Integer.MIN_VALUE) {
            return 0;
        }
        try (SingleChronicleQueueStore store =
                queue.storeForCycle(cycle, queue.epoch(), false, null)) {
            return store == null ? 0 : store.writePosition();
        }
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
        excerpt.releaseLast();
    }
}
