package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Packs events into batches and submits them: natural batching. Owned by the replicator thread.
 *
 * <p>A batch takes what has arrived, up to its bounds; it leaves when it is full, or when nothing
 * more has arrived and fewer batches than the bound are in flight; a small one only when none is.
 * So an idle pipeline sends one message at once, and a busy one sends few, large entries: entries
 * are what costs, bytes are cheap. A small batch that waits for the one before it loses no more
 * time than that one takes, and takes with it whatever arrives meanwhile.
 *
 * <p>Invariants: sequences and timestamps are given here, gapless and rising, to what is submitted
 * only; a batch is put in flight before it is submitted; what is not in flight when the epoch ends
 * is never submitted.
 */
final class Packer {

    /** What packing came to. */
    enum Packed {
        PACKED,
        /** It would not fit even into an empty batch. */
        TOO_LARGE,
        /** It will not be submitted: it can never commit. */
        EPOCH_ENDED
    }

    /** From this part of a full batch on, another in flight gains more than it costs. */
    private static final int LARGE_BATCHES_PER_FULL = 16;

    private static final long FOR_EVER_NS = Long.MAX_VALUE;
    private static final int ANY_OTHERS = Integer.MAX_VALUE;

    private final PipelinePorts ports;
    private final FreeBatches places;
    private final Epochs epochs;
    private final Answers answers;
    private final BatchEncoder encoder;
    private final BatchTime time;
    private @Nullable InFlightBatch collecting;
    private long nextSequence;

    Packer(
            final PipelinePorts ports,
            final int maxBatchBytes,
            final FreeBatches places,
            final Epochs epochs) {
        this.ports = ports;
        this.places = places;
        this.epochs = epochs;
        answers = new Answers(ports.receipts());
        encoder = new BatchEncoder(maxBatchBytes);
        time = new BatchTime(ports.clock());
    }

    /** Forgets what an earlier epoch collected, and begins where the ledger is. */
    void beginEpoch() {
        abandon();
        nextSequence = ports.ledger().nextSequence();
        time.beginEpoch(ports.ledger().lastTimestampNs());
    }

    /** Adds the event that somebody waits for; submits what is full before, and waits for that. */
    Packed pack(final Epoch epoch, final Pending pending) {
        InFlightBatch batch = batch(epoch);
        if (batch != null && (batch.isFull() || !pending.appendTo(encoder))) {
            if (batch.count() == 0) {
                return Packed.TOO_LARGE;
            }
            leave(batch, epoch, ANY_OTHERS, FOR_EVER_NS);
            batch = batch(epoch);
            if (batch != null && !pending.appendTo(encoder)) {
                return Packed.TOO_LARGE;
            }
        }
        if (batch == null) {
            return Packed.EPOCH_ENDED;
        }
        batch.add(pending);
        return Packed.PACKED;
    }

    /** Sequence that the event packed last has, if its batch is submitted. */
    long lastSequence() {
        return nextSequence + encoder.count() - 1;
    }

    /** Whether something is packed and not submitted. */
    boolean isCollecting() {
        return collecting != null && collecting.count() > 0;
    }

    /**
     * Submits what is packed once it may leave; false if it might not in time, and it is still to
     * do. When the epoch has ended, gives up what is packed.
     */
    boolean flush(final Epoch epoch, final long timeoutNs) {
        final InFlightBatch batch = collecting;
        if (batch == null || batch.count() == 0) {
            return true;
        }
        final boolean isLarge = batch.count() >= batch.room() / LARGE_BATCHES_PER_FULL;
        return leave(batch, epoch, isLarge ? ANY_OTHERS : 0, timeoutNs);
    }

    private boolean leave(
            final InFlightBatch batch, final Epoch epoch, final int others, final long timeoutNs) {
        if (!places.awaitPlace(epoch, others, timeoutNs)) {
            return false;
        }
        collecting = null;
        if (!epoch.putInFlight(batch)) {
            answers.deliver(batch);
            return true;
        }
        nextSequence += batch.count();
        submit(epoch);
        return true;
    }

    private void submit(final Epoch epoch) {
        ports.replicator()
                .submit(epoch.term(), encoder.buffer(), 0, encoder.length())
                .whenComplete((outcome, failure) -> epochs.submitted(epoch, outcome, failure));
    }

    /** The batch to collect in, begun if need be; null once the epoch has ended. */
    private @Nullable InFlightBatch batch(final Epoch epoch) {
        if (epoch.hasEnded()) {
            abandon();
            return null;
        }
        if (collecting == null) {
            final InFlightBatch taken = places.take(epoch);
            if (taken == null) {
                return null;
            }
            encoder.begin(epoch.term(), nextSequence, time.next());
            taken.begin(epoch.term(), nextSequence);
            collecting = taken;
        }
        return collecting;
    }

    /** Answers what is packed and not submitted: it can never commit. */
    void abandon() {
        final InFlightBatch batch = collecting;
        if (batch != null) {
            collecting = null;
            answers.deliver(batch);
        }
    }
}
