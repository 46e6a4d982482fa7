package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A cluster's log in one list, with a leader's ledger that follows at once: what a pipeline and
 * Raft come to when nothing goes wrong. Other ledgers are fed from it when a test says so.
 */
public final class CommittedLog {
    private static final long TERM = 7;

    private final Ledger ledger = new Ledger();
    private final List<byte[]> batches = new ArrayList<>();

    public CommittedLog() {
        append(new Event.EpochOpened(TERM, "leader"));
    }

    public LedgerView ledger() {
        return ledger;
    }

    public synchronized int open(final Address address, final long firstNonce) {
        append(
                new Event.AccountOpened(
                        ledger.accountCount(), ChainKind.FILECOIN, address.bytes(), firstNonce));
        return ledger.accountCount() - 1;
    }

    /** What a pipeline answers when all goes well: signed, committed, applied. */
    synchronized PublishOutcome publish(final PublishRequest request) {
        final LedgerView.Answered answered = ledger.answered(request.requestId());
        if (answered != null) {
            return Arrays.equals(answered.requestHash(), request.requestHash())
                    ? new PublishOutcome.Published(receipt(answered))
                    : new PublishOutcome.RequestIdReused("used with another message");
        }
        final long nonce = ledger.nextNonce(request.accountId());
        final OptionalLong fixed = request.draft().fixedNonce();
        if (fixed.isPresent() && fixed.getAsLong() != nonce) {
            return new PublishOutcome.WrongNonce(nonce);
        }
        final Signing signing = request.draft().sign(nonce);
        if (!(signing instanceof Signing.Signed signed)) {
            return new PublishOutcome.NotSigned(((Signing.Failed) signing).reason());
        }
        append(
                new Event.MessageSequenced(
                        request.accountId(),
                        nonce,
                        request.requestId(),
                        request.requestHash(),
                        request.principal(),
                        request.draft().signerKeyId(),
                        signed.bytes(),
                        signed.hash()));
        return new PublishOutcome.Published(receipt(ledger.answered(request.requestId())));
    }

    /** Applies to a follower's ledger what it has not applied yet. */
    public synchronized void catchUp(final Ledger follower) {
        for (final byte[] bytes : batches) {
            final BatchDecoder batch =
                    new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
            if (batch.firstSequence() == follower.nextSequence()) {
                apply(follower, bytes);
            }
        }
    }

    private Receipt receipt(final LedgerView.Answered answered) {
        final LedgerView.OutboxMessage message =
                ledger.message(answered.accountId(), answered.nonce());
        return new Receipt(
                answered.accountId(),
                answered.nonce(),
                answered.sequence(),
                TERM,
                message.hash(),
                message.signedBytes());
    }

    /** Commits whatever else a test needs in the log. */
    public synchronized void append(final Event event) {
        final byte[] bytes =
                BatchEncoder.encode(
                        new EventBatch(
                                TERM,
                                ledger.nextSequence(),
                                ledger.lastTimestampNs() + 1,
                                List.of(event)));
        batches.add(bytes);
        apply(ledger, bytes);
    }

    private static void apply(final Ledger ledger, final byte[] bytes) {
        final ApplyOutcome outcome =
                ledger.apply(
                        TERM, new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
        if (!(outcome instanceof ApplyOutcome.Applied)) {
            throw new IllegalStateException("expected the batch to apply but was " + outcome);
        }
    }
}
