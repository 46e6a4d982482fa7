package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.EventTranslatorTwoArg;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * From a draft to a receipt: one ring, three stages.
 *
 * <pre>
 * publish ─►  sequencer  ─►  signers × n  ─►  replicator  ─► Raft ─► applied ─► receipts
 *             request id     signature        final nonce
 *             nonce          at that nonce    batch
 * </pre>
 *
 * <p>Why a ring: many threads bring requests, and a nonce lane needs one order. The ring gives the
 * order, bounds what may wait, and lets the stages run side by side without a lock between them.
 * Why signing comes before replication: nonce and signature are one fact. Were the nonce agreed on
 * first, a leader that dies before signing would leave a hole; were the signature not agreed on, a
 * new leader could sign other bytes (I1, I2).
 *
 * <p>Thread-safe. No method blocks but {@link #close}; futures complete on the executor of {@link
 * PipelinePorts#receipts}. The node passes what its replica tells to {@link #onLeading}, {@link
 * #onLeadershipLost} and {@link #onApplied}; leadership's changes in the order in which they
 * happened.
 */
public final class Pipeline implements Commands, AutoCloseable {

    private static final EventTranslatorOneArg<Slot, PendingRequest> REQUEST =
            (slot, position, pending) -> slot.carry(pending);
    private static final EventTranslatorOneArg<Slot, PendingCommand> COMMAND =
            (slot, position, pending) -> slot.carry(pending);
    private static final EventTranslatorTwoArg<Slot, Slot.Kind, Epoch> CONTROL =
            (slot, position, kind, epoch) -> slot.carry(kind, epoch);

    private static final PublishOutcome NOT_LEADING = new PublishOutcome.NotLeading();
    private static final CommandOutcome COMMAND_NOT_LEADING =
            new CommandOutcome.Dropped("not leading");
    private static final CommandOutcome COMMAND_RING_FULL =
            new CommandOutcome.Dropped("the ring is full");

    private final RequestCheck requestCheck;
    private final CommandCheck commandCheck;
    private final Disruptor<Slot> disruptor;
    private final RingBuffer<Slot> ring;
    private final PipelineThreads threads;
    private final Epochs epochs;
    private final ReplicatorStage replicator;
    private volatile boolean stopped;

    /** Starts the stages' threads; closed until {@link #onLeading}. */
    public Pipeline(final PipelineOptions options, final PipelinePorts ports) {
        requestCheck = new RequestCheck(ports.ledger());
        commandCheck = new CommandCheck(options.maxBatchBytes());
        threads = new PipelineThreads(ports.fault());
        disruptor =
                new Disruptor<>(
                        Slot::new,
                        options.ringSize(),
                        threads.forStages(options.signerThreads()),
                        ProducerType.MULTI,
                        options.waitStrategy().strategy());
        ring = disruptor.getRingBuffer();

        final FreeBatches places =
                new FreeBatches(options.maxInFlightBatches(), options.maxBatchMessages());
        final Corrections corrections = new Corrections(options.ringSize());
        epochs = new Epochs(threads.control(), this::putControlSlot, places, ports);
        replicator = new ReplicatorStage(options, ports, places, corrections, epochs);

        final SignerStage[] signers =
                IntStream.range(0, options.signerThreads())
                        .mapToObj(n -> new SignerStage(n, options.signerThreads()))
                        .toArray(SignerStage[]::new);
        disruptor.setDefaultExceptionHandler(
                new StageFaults(epochs, new Answers(ports.receipts()), ports.fault()));
        disruptor
                .handleEventsWith(
                        new SequencerHandler(
                                new Sequencer(options, ports, corrections, threads.journalReads())))
                .then(signers)
                .then(new ReplicatorHandler(replicator, () -> SignerStage.signedUpTo(signers)));
        disruptor.start();
    }

    /**
     * Publishes a message once.
     *
     * @return completes with what became of it; never exceptionally. A full ring, and a node that
     *     does not lead, are answered at once. Giving the future up changes nothing for the message
     * @throws IllegalArgumentException if a digest has another length than the schema's, or the
     *     account was never opened
     */
    public CompletableFuture<PublishOutcome> publish(final PublishRequest request) {
        requestCheck.check(request);
        if (!isOpen()) {
            return CompletableFuture.completedFuture(NOT_LEADING);
        }
        final PendingRequest pending = new PendingRequest(request);
        if (!ring.tryPublishEvent(REQUEST, pending)) {
            return CompletableFuture.completedFuture(Bounds.RING_FULL);
        }
        if (isStopped()) {
            pending.notSubmitted();
        }
        return pending.outcome();
    }

    @Override
    public CompletableFuture<CommandOutcome> offer(final Event event) {
        final Optional<String> objection = commandCheck.objection(event);
        if (objection.isPresent()) {
            return CompletableFuture.completedFuture(new CommandOutcome.Dropped(objection.get()));
        }
        if (!isOpen()) {
            return CompletableFuture.completedFuture(COMMAND_NOT_LEADING);
        }
        final PendingCommand pending = new PendingCommand(event);
        if (!ring.tryPublishEvent(COMMAND, pending)) {
            return CompletableFuture.completedFuture(COMMAND_RING_FULL);
        }
        if (isStopped()) {
            pending.notSubmitted();
        }
        return pending.outcome();
    }

    /** Whether an epoch of ours is open, so that requests are taken. */
    public boolean isOpen() {
        final Epoch epoch = epochs.current();
        return epoch != null && epoch.isOpen();
    }

    /** This node leads in a term, and everything committed before is applied here. */
    public void onLeading(final long term) {
        epochs.leading(term);
    }

    /** This node does not lead any more. */
    public void onLeadershipLost() {
        epochs.leadershipLost();
    }

    /** A batch was applied or rejected, ours or not. On the one applying thread, in log order. */
    public void onApplied(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final ApplyOutcome outcome) {
        epochs.applied(raftTerm, raftIndex, batch, outcome);
    }

    /** An entry held no batch, and was rejected. On the one applying thread, in log order. */
    public void onMalformed(final long raftTerm, final long raftIndex, final String reason) {
        epochs.malformed(raftTerm, raftIndex, reason);
    }

    /**
     * Ends the epoch, answers everybody, and stops the threads. What was in flight is answered
     * OutcomeUnknown. Not to be called from a thread of the pipeline.
     */
    @Override
    public void close() {
        epochs.close();
        // In this order: the control thread may wait for room, which only running stages make.
        threads.stopControl();
        disruptor.halt();
        threads.awaitStages();
        threads.stopJournalReads();
        replicator.close();
        stopped = true;
        VarHandle.fullFence();
        answerWhatIsLeft();
    }

    /**
     * Whether the stages are gone, asked after putting a slot. Of the two, the one who puts a slot
     * and the one who closes, at least one sees the other: each writes first, then looks.
     */
    private boolean isStopped() {
        VarHandle.fullFence();
        return stopped;
    }

    private void answerWhatIsLeft() {
        for (long position = 0; position < ring.getBufferSize(); position++) {
            final Slot slot = ring.get(position);
            final PendingRequest request = slot.request;
            if (request != null) {
                request.notSubmitted();
            }
            final PendingCommand command = slot.command;
            if (command != null) {
                command.notSubmitted();
            }
        }
    }

    private void putControlSlot(final Slot.Kind kind, final Epoch epoch) {
        ring.publishEvent(CONTROL, kind, epoch);
    }
}
