package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A cluster's log as a test makes it: the n-th batch is the same whoever asks, so that a journal
 * can be fed, killed and fed again.
 */
final class Batches {

    static final long START_NS = 1_700_000_000_000_000_000L;
    static final long SECOND_NS = 1_000_000_000L;

    /** Every batch has as many events; Raft indices have gaps, as configuration entries make. */
    private static final int EVENTS = 3;

    private final long stepNs;

    /**
     * @param stepNs time between two batches
     */
    Batches(final long stepNs) {
        this.stepNs = stepNs;
    }

    static long raftIndex(final int n) {
        return 10 + 2L * n;
    }

    static long raftTerm(final int n) {
        return 1 + n / 50;
    }

    static long firstSequence(final int n) {
        return (long) EVENTS * n;
    }

    byte[] batch(final int n) {
        final Random random = new Random(n);
        final List<Event> events = new ArrayList<>();
        for (int k = 0; k < EVENTS; k++) {
            events.add(
                    new Event.MessageSequenced(
                            k,
                            n,
                            new RequestId(n, k),
                            bytes(random, 32),
                            bytes(random, 8),
                            bytes(random, 8),
                            bytes(random, random.nextInt(200)),
                            bytes(random, 32)));
        }
        return BatchEncoder.encode(
                new EventBatch(raftTerm(n), firstSequence(n), START_NS + n * stepNs, events));
    }

    void append(final Journal journal, final int n) {
        append(journal, n, batch(n));
    }

    static void append(final Journal journal, final int n, final byte[] batch) {
        journal.append(raftTerm(n), raftIndex(n), new UnsafeBuffer(batch), 0, batch.length);
    }

    void append(final Journal journal, final int from, final int to) {
        for (int n = from; n < to; n++) {
            append(journal, n);
        }
    }

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
