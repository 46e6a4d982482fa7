package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: decides which requests get a nonce, and proposes it. Owned by the sequencer
 * thread; a plain object that asks no clock and starts no thread, so that a simulation can drive
 * it.
 *
 * <p>It runs ahead of the commit by speculation: its heads are what the ledger will say when all
 * that it let pass is applied. Invariants:
 *
 * <ul>
 *   <li>It sequences only in an open epoch of ours, that is, after our own {@code EpochOpened} was
 *       applied; when the epoch ends, all speculation is forgotten, never corrected by a hint.
 *   <li>A request id is let through at most once as long as its message is in flight or in the
 *       ledger (I4); see {@link InFlightRequests} for the order of the two looks.
 *   <li>Its nonce is a proposal: the replicator owns the final numbering, and corrects the heads
 *       where it had to decide otherwise ({@link Corrections}).
 *   <li>Whatever is refused here has cost no nonce.
 * </ul>
 *
 * <p>A request that arrives while the epoch is opening is answered NotLeading at once, not held:
 * whoever waits for a leader waits in one place, the gateway, with one bound.
 */
final class Sequencer {

    private static final PublishOutcome NOT_LEADING = new PublishOutcome.NotLeading();

    private final LedgerView ledger;
    private final Bounds bounds;
    private final InFlightRequests inFlight;
    private final Heads heads;
    private final Corrections corrections;
    private final Answers answers;
    private final FormerReceipts formerReceipts;
    private @Nullable Epoch epoch;

    Sequencer(
            final PipelineOptions options,
            final PipelinePorts ports,
            final Corrections corrections,
            final Executor journalReads) {
        this.corrections = corrections;
        ledger = ports.ledger();
        heads = new Heads(ledger);
        bounds =
                new Bounds(
                        ledger,
                        options.maxUnconfirmedMessages(),
                        options.maxOutboxBytes(),
                        ports.diskHasRoom());
        // All that can be between here and an answer: the ring, and every place for a batch.
        inFlight =
                new InFlightRequests(
                        options.ringSize()
                                + (options.maxInFlightBatches() + 1) * options.maxBatchMessages());
        formerReceipts = new FormerReceipts(ports, journalReads);
        answers = new Answers(ports.receipts());
    }

    /** Takes the next slot of the ring. What is answered here leaves as {@code DONE}. */
    void sequence(final Slot slot) {
        if (epoch != null) {
            corrections.takeInto(heads, epoch);
        }
        switch (slot.kind) {
            case REQUEST -> sequenceRequest(slot, Objects.requireNonNull(slot.request));
            case COMMAND -> sequenceCommand(slot, Objects.requireNonNull(slot.command));
            case BEGIN_SEQUENCING -> begin(Objects.requireNonNull(slot.epoch));
            case OPEN_EPOCH, DONE -> {}
        }
    }

    private void begin(final Epoch opened) {
        // What an earlier epoch left in flight is decided: applied before this one's EpochOpened,
        // or never. So the ledger is all that there is to know.
        heads.forget();
        inFlight.clear();
        epoch = opened;
        opened.open();
    }

    private void sequenceRequest(final Slot slot, final PendingRequest pending) {
        final Epoch current = openEpoch();
        if (current == null) {
            refuse(slot, pending, NOT_LEADING);
            return;
        }
        if (answerRepeated(slot, pending)) {
            return;
        }
        final int accountId = pending.request().accountId();
        heads.load(accountId);
        final PublishOutcome refusal = refusal(accountId);
        if (refusal != null) {
            refuse(slot, pending, refusal);
            return;
        }
        inFlight.add(pending);
        slot.epoch = current;
        propose(slot, accountId, pending.request().draft().fixedNonce());
    }

    /**
     * A message that is signed already brings its nonce. Whether that is the next one is for the
     * replicator to say, because a head here may still be corrected: where the two differ, the
     * message goes on without being counted, and so disturbs nobody behind it when it is refused.
     */
    private void propose(final Slot slot, final int accountId, final OptionalLong fixed) {
        slot.counted = fixed.isEmpty() || fixed.getAsLong() == heads.next(accountId);
        slot.nonce = slot.counted ? heads.takeNext(accountId) : fixed.getAsLong();
    }

    /** In flight first, then the ledger: see {@link InFlightRequests}. */
    private boolean answerRepeated(final Slot slot, final PendingRequest pending) {
        final PendingRequest first = inFlight.find(pending.id().high(), pending.id().low());
        if (first != null && answerJoined(slot, pending, first)) {
            return true;
        }
        if (!ledger.isAnswered(pending.id().high(), pending.id().low())) {
            return false;
        }
        slot.kind = Slot.Kind.DONE;
        // Copying the bytes takes time, and reading the disk more.
        answers.one(() -> formerReceipts.settle(pending));
        return true;
    }

    private boolean answerJoined(
            final Slot slot, final PendingRequest pending, final PendingRequest first) {
        if (first.isSettled()) {
            return false;
        }
        if (!first.hasHash(pending.request().requestHash())) {
            refuse(slot, pending, FormerReceipts.reused(pending.request()));
            return true;
        }
        return switch (first.join(pending)) {
            case SETTLED -> false;
            case JOINED -> {
                slot.kind = Slot.Kind.DONE;
                yield true;
            }
            case TOO_MANY -> {
                refuse(slot, pending, Bounds.TOO_MANY_JOINED);
                yield true;
            }
        };
    }

    private @Nullable PublishOutcome refusal(final int accountId) {
        final String haltReason = heads.haltReason(accountId);
        return haltReason == null
                ? bounds.reached(inFlight)
                : new PublishOutcome.LaneHalted(haltReason);
    }

    private void sequenceCommand(final Slot slot, final PendingCommand pending) {
        final Epoch current = openEpoch();
        if (current == null) {
            slot.kind = Slot.Kind.DONE;
            answers.drop(pending, "not leading");
            return;
        }
        final Event event = pending.event();
        final int accountId = ConcernedAccount.of(event);
        if (accountId != ConcernedAccount.NONE) {
            if (accountId < 0 || accountId >= ledger.accountCount()) {
                slot.kind = Slot.Kind.DONE;
                answers.drop(pending, "account " + accountId + " is not open");
                return;
            }
            heads.load(accountId);
            followLane(accountId, event);
        }
        slot.epoch = current;
    }

    /**
     * Halting and resuming are idempotent, so this needs no word from the replicator: where it
     * drops one of them, the lane is in that state already.
     */
    private void followLane(final int accountId, final Event event) {
        if (event instanceof Event.LaneHalted halted) {
            heads.halt(accountId, halted.reason());
        } else if (event instanceof Event.LaneResumed) {
            heads.resume(accountId);
        }
    }

    private @Nullable Epoch openEpoch() {
        return epoch != null && epoch.isOpen() ? epoch : null;
    }

    private void refuse(
            final Slot slot, final PendingRequest pending, final PublishOutcome outcome) {
        slot.kind = Slot.Kind.DONE;
        answers.settle(pending, outcome);
    }
}
