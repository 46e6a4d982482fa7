package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.statemachine.ledger.LedgerLimits;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The last stage: decides the final numbering, and has it packed and submitted. Owned by the
 * replicator thread; a plain object otherwise.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A message is packed with its account's next nonce in {@link Speculation}, and signed at
 *       exactly that nonce (I1, I2). Where the sequencer proposed another, because a message before
 *       it could not be signed, it is signed anew here, slowly; the correction that went back then
 *       brings the proposals and the final numbers together again. One that is signed already is
 *       packed at its own nonce or refused.
 *   <li>What is packed fits: no event goes in that the ledger would reject (I6).
 *   <li>What ends here without being packed has moved nothing: no nonce, no sequence.
 * </ul>
 */
final class ReplicatorStage {

    private final PipelinePorts ports;
    private final int maxBatchBytes;
    private final Packer packer;
    private final Corrections corrections;
    private final Epochs epochs;
    private final Answers answers;
    private final Speculation ahead;
    private final CommandRules rules;
    private final CommandEffects effects;
    private @Nullable Epoch epoch;

    ReplicatorStage(
            final PipelineOptions options,
            final PipelinePorts ports,
            final FreeBatches places,
            final Corrections corrections,
            final Epochs epochs) {
        this.ports = ports;
        this.corrections = corrections;
        this.epochs = epochs;
        maxBatchBytes = options.maxBatchBytes();
        packer = new Packer(ports, maxBatchBytes, places, epochs);
        answers = new Answers(ports.receipts());
        ahead = new Speculation(ports.ledger());
        rules = new CommandRules(ahead);
        effects = new CommandEffects(ahead);
    }

    /** Takes the next slot of the ring, and leaves it empty. */
    void replicate(final Slot slot) {
        switch (slot.kind) {
            case OPEN_EPOCH -> open(Objects.requireNonNull(slot.epoch));
            case REQUEST -> message(slot, Objects.requireNonNull(slot.request));
            case COMMAND -> command(slot, Objects.requireNonNull(slot.command));
            case BEGIN_SEQUENCING, DONE -> {}
        }
        slot.clear();
    }

    /** Whether something is packed that {@link #flush} would submit. */
    boolean isCollecting() {
        return packer.isCollecting();
    }

    /** See {@link Packer#flush}. */
    boolean flush(final long timeoutNs) {
        return epoch == null || packer.flush(epoch, timeoutNs);
    }

    /** Gives up what is packed, after the last epoch has ended and the thread is gone. */
    void close() {
        packer.abandon();
    }

    private void open(final Epoch opening) {
        epoch = opening;
        ahead.begin();
        packer.beginEpoch();
        // Alone in its batch (I6): nothing else is packed before it is applied, because the
        // sequencer lets nothing through until then.
        if (packer.pack(opening, new PendingEpoch(opening, ports.peerId(), epochs))
                == Packer.Packed.TOO_LARGE) {
            throw new IllegalStateException("expected EpochOpened to fit a batch");
        }
    }

    private void message(final Slot slot, final PendingRequest pending) {
        final Epoch current = epoch;
        if (current == null || slot.epoch != current || current.hasEnded()) {
            answers.notSubmitted(pending);
            return;
        }
        final PublishRequest request = pending.request();
        final AccountAhead account = ahead.account(request.accountId());
        final long nonce = account.nextNonce();
        final OptionalLong fixed = request.draft().fixedNonce();
        if (fixed.isPresent() && fixed.getAsLong() != nonce) {
            refuse(slot, pending, new PublishOutcome.WrongNonce(nonce));
            return;
        }
        if (!account.hasRoom()) {
            refuse(slot, pending, Bounds.ACCOUNT_FULL);
            return;
        }
        final Signing signing = signingAt(nonce, slot, request);
        if (signing instanceof Signing.Failed failed) {
            refuse(slot, pending, new PublishOutcome.NotSigned(failed.reason()));
            return;
        }
        final Signing.Signed signed = (Signing.Signed) signing;
        if (signed.bytes().length > LedgerLimits.MAX_SIGNED_BYTES) {
            refuse(slot, pending, tooLarge(signed));
            return;
        }
        pending.numbered(nonce, signed);
        switch (packer.pack(current, pending)) {
            case PACKED -> used(slot, account, request.accountId());
            case TOO_LARGE -> refuse(slot, pending, tooLarge(signed));
            case EPOCH_ENDED -> answers.notSubmitted(pending);
        }
    }

    private Signing signingAt(final long nonce, final Slot slot, final PublishRequest request) {
        return slot.nonce == nonce
                ? Objects.requireNonNull(slot.signing)
                : Signatures.sign(request.draft(), nonce);
    }

    /** Its nonce came with it, and was the next after all: the sequencer has to hear of it. */
    private void used(final Slot slot, final AccountAhead account, final int accountId) {
        account.nonceUsed();
        if (!slot.counted) {
            corrections.tell(Objects.requireNonNull(slot.epoch), accountId, 1);
        }
    }

    /** Nothing was spent on it: whatever the sequencer numbered behind it moves up by one. */
    private void refuse(
            final Slot slot, final PendingRequest pending, final PublishOutcome outcome) {
        if (slot.counted) {
            corrections.tell(Objects.requireNonNull(slot.epoch), pending.request().accountId(), -1);
        }
        answers.settle(pending, outcome);
    }

    private PublishOutcome tooLarge(final Signing.Signed signed) {
        return new PublishOutcome.TooLarge(
                signed.bytes().length, Math.min(maxBatchBytes, LedgerLimits.MAX_SIGNED_BYTES));
    }

    private void command(final Slot slot, final PendingCommand pending) {
        final Epoch current = epoch;
        if (current == null || slot.epoch != current || current.hasEnded()) {
            answers.notSubmitted(pending);
            return;
        }
        pending.become(CommandCheck.numbered(pending.event(), ahead.accountCount()));
        final Optional<String> unfit = pending.event().accept(rules);
        if (unfit.isPresent()) {
            answers.drop(pending, unfit.get());
            return;
        }
        switch (packer.pack(current, pending)) {
            case PACKED -> take(current, pending.event());
            case TOO_LARGE -> answers.drop(pending, "larger than a batch");
            case EPOCH_ENDED -> answers.notSubmitted(pending);
        }
    }

    private void take(final Epoch current, final Event event) {
        final int headMovedBy = event.accept(effects.at(packer.lastSequence()));
        if (headMovedBy != 0) {
            corrections.tell(current, ConcernedAccount.of(event), headMovedBy);
        }
    }
}
