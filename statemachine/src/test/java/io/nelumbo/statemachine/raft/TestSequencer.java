package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/** Numbers batches for one leader in one term, speculating ahead of their commit. */
final class TestSequencer {

    private final RaftNode node;
    private final long term;
    private long nextSequence;
    private long timestampNs;
    private long nextNonce;

    /** Begins where the ledger stands; nothing may be in flight. */
    TestSequencer(final RaftNode node, final LedgerView ledger) {
        this.node = node;
        this.term = node.term();
        this.nextSequence = ledger.nextSequence();
        this.timestampNs = ledger.lastTimestampNs();
        this.nextNonce = ledger.accountCount() == 0 ? 0 : ledger.nextNonce(0);
    }

    long nextNonce() {
        return nextNonce;
    }

    long nextSequence() {
        return nextSequence;
    }

    long term() {
        return term;
    }

    CompletableFuture<SubmitOutcome> openEpoch() {
        return submit(new Event.EpochOpened(term, node.leader().orElse("")));
    }

    CompletableFuture<SubmitOutcome> openAccount() {
        nextNonce = 0;
        return submit(accountOpened());
    }

    static Event accountOpened() {
        return new Event.AccountOpened(0, ChainKind.FILECOIN, "address".getBytes(UTF_8), 0);
    }

    CompletableFuture<SubmitOutcome> message() {
        return messages(1);
    }

    CompletableFuture<SubmitOutcome> messages(final int count) {
        return submit(nextMessages(count));
    }

    /** A batch of the next messages, counted as submitted: the caller submits it. */
    byte[] nextMessages(final int count) {
        final Event[] events = new Event[count];
        Arrays.setAll(events, n -> message(nextNonce++));
        final byte[] batch = batch(term, List.of(events));
        nextSequence += count;
        return batch;
    }

    static Event message(final long nonce) {
        final byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) nonce);
        return new Event.MessageSequenced(
                0,
                nonce,
                RequestId.of(UUID.nameUUIDFromBytes(("request " + nonce).getBytes(UTF_8))),
                new byte[32],
                new byte[8],
                new byte[8],
                ("signed message with nonce " + nonce).getBytes(UTF_8),
                hash);
    }

    CompletableFuture<SubmitOutcome> submit(final Event... events) {
        final byte[] batch = batch(term, List.of(events));
        nextSequence += events.length;
        return submit(batch);
    }

    CompletableFuture<SubmitOutcome> submit(final byte[] batch) {
        return node.replicator()
                .submit(term, new UnsafeBuffer(batch), 0, batch.length)
                .toCompletableFuture();
    }

    /** A batch that comes next, of any epoch; it is not counted as submitted. */
    byte[] batch(final long epoch, final List<Event> events) {
        return BatchEncoder.encode(new EventBatch(epoch, nextSequence, ++timestampNs, events));
    }
}
