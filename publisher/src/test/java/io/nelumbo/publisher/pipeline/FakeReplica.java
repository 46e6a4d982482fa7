package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.Replicator;
import io.nelumbo.statemachine.raft.SubmitOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One node of a Raft group, in memory: the test decides what commits and who leads; the ledger is
 * the real one. Any thread; applying happens on the thread that commits.
 */
final class FakeReplica implements Replicator {

    /** As {@code ReplicaListener.onApplied}. */
    interface Listener {
        void onApplied(long raftTerm, long raftIndex, BatchDecoder batch, ApplyOutcome outcome);
    }

    private record Entry(long term, byte[] batch, CompletableFuture<SubmitOutcome> outcome) {}

    private final Ledger ledger = new Ledger();
    private final ArrayDeque<Entry> uncommitted = new ArrayDeque<>();
    private final TreeMap<Long, byte[]> journal = new TreeMap<>();
    private final List<String> rejections = new ArrayList<>();
    private final BatchDecoder decoder = new BatchDecoder();
    private Listener listener = (raftTerm, raftIndex, batch, outcome) -> {};
    private long term;
    private boolean leads;
    private boolean journalBroken;
    private long lastIndex;

    void listener(final Listener toTell) {
        listener = toTell;
    }

    Ledger ledger() {
        return ledger;
    }

    synchronized long term() {
        return term;
    }

    synchronized boolean leads() {
        return leads;
    }

    /** Leads in the next term; the pipeline is to be told by the test. */
    synchronized long lead() {
        term++;
        leads = true;
        // The new leader's own entry commits whatever stands before it in the log.
        while (commit()) {}
        return term;
    }

    /**
     * Stops leading. Of what is in the log and not committed, the first so many survive on the
     * majority, and are applied here; the others can never commit.
     */
    synchronized void lose(final int surviving) {
        leads = false;
        final List<CompletableFuture<SubmitOutcome>> lost = new ArrayList<>();
        uncommitted.forEach(entry -> lost.add(entry.outcome()));
        while (uncommitted.size() > surviving) {
            uncommitted.pollLast();
        }
        lost.forEach(outcome -> outcome.complete(new SubmitOutcome.Unknown("not leader any more")));
        while (commit()) {}
    }

    /** Loses sight of the oldest entry in flight, which may commit all the same. */
    synchronized boolean loseSight() {
        final Entry oldest = uncommitted.peekFirst();
        return oldest != null && oldest.outcome().complete(new SubmitOutcome.Unknown("timeout"));
    }

    /** Commits and applies the oldest entry; false if there is none. */
    synchronized boolean commit() {
        final Entry entry = uncommitted.pollFirst();
        if (entry == null) {
            return false;
        }
        lastIndex++;
        apply(entry.term(), entry.batch());
        entry.outcome().complete(new SubmitOutcome.Committed(lastIndex));
        return true;
    }

    /** Commits the oldest entry; waits a moment for one. */
    synchronized boolean commitWhenThereIsOne() {
        if (uncommitted.isEmpty()) {
            try {
                wait(1);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return commit();
    }

    /** Puts a batch in the log as if this node had appended it in its term. */
    synchronized void append(final byte[] batch) {
        uncommitted.add(new Entry(term, batch, new CompletableFuture<>()));
    }

    /** As after a snapshot was installed, and before a peer has sent the records. */
    synchronized void forgetJournal() {
        journal.clear();
    }

    synchronized void breakJournal() {
        journalBroken = true;
    }

    synchronized int uncommitted() {
        return uncommitted.size();
    }

    /** Reasons of the ledger's rejections. */
    synchronized List<String> rejections() {
        return List.copyOf(rejections);
    }

    /** What was applied, in order. */
    synchronized List<EventBatch> journal() {
        return journal.values().stream()
                .map(
                        bytes ->
                                new BatchDecoder()
                                        .wrap(new UnsafeBuffer(bytes), 0, bytes.length)
                                        .toEventBatch())
                .toList();
    }

    /** As {@code Journal.batchOf}. */
    synchronized byte @Nullable [] batchOf(final long sequence) {
        if (journalBroken) {
            throw new JournalFailure("bad sector");
        }
        final Map.Entry<Long, byte[]> batch = journal.floorEntry(sequence);
        return batch == null ? null : batch.getValue();
    }

    @Override
    public synchronized CompletionStage<SubmitOutcome> submit(
            final long inTerm, final DirectBuffer batch, final int offset, final int length) {
        if (!leads || inTerm != term) {
            return CompletableFuture.completedFuture(
                    new SubmitOutcome.Refused("not leading in term " + inTerm));
        }
        final byte[] bytes = new byte[length];
        batch.getBytes(offset, bytes);
        final Entry entry = new Entry(term, bytes, new CompletableFuture<>());
        uncommitted.add(entry);
        notifyAll();
        return entry.outcome();
    }

    private void apply(final long raftTerm, final byte[] bytes) {
        decoder.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        final ApplyOutcome outcome = ledger.apply(raftTerm, decoder);
        if (outcome instanceof ApplyOutcome.Applied) {
            journal.put(decoder.firstSequence(), bytes);
        } else {
            rejections.add(outcome.toString());
        }
        listener.onApplied(raftTerm, lastIndex, decoder, outcome);
    }
}
