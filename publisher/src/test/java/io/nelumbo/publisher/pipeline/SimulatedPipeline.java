package io.nelumbo.publisher.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The pipeline's stages without threads: each step is taken when the test says so, and nothing
 * happens otherwise. What waits for a thread in reality waits in a queue here.
 */
final class SimulatedPipeline implements EpochListener {

    final FakeReplica replica = new FakeReplica();
    final List<String> epochsTold = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final ArrayDeque<Runnable> control = new ArrayDeque<>();
    final ArrayDeque<Runnable> answers = new ArrayDeque<>();
    final Epochs epochs;
    final FreeBatches places;
    boolean diskHasRoom = true;
    int stepDowns;

    private final PipelineOptions options;
    private final Slot[] ring;
    private final Sequencer sequencer;
    private final ReplicatorStage replicator;
    private final CommandCheck commandCheck;
    private long claimed;
    private long sequenced;
    private long signed;
    private long replicated;
    private long wallNs = 1_000;
    private long monotonicNs = -5_000;

    SimulatedPipeline(final PipelineOptions options) {
        this.options = options;
        ring = new Slot[options.ringSize()];
        for (int n = 0; n < ring.length; n++) {
            ring[n] = new Slot();
        }
        final PipelinePorts ports =
                new PipelinePorts(
                        replica,
                        replica.ledger(),
                        new LeaderClock(() -> wallNs, () -> monotonicNs),
                        "self",
                        () -> stepDowns++,
                        () -> diskHasRoom,
                        this,
                        replica::batchOf,
                        answers::add,
                        (why, cause) -> faults.add(why));
        places = new FreeBatches(options.maxInFlightBatches(), options.maxBatchMessages());
        final Corrections corrections = new Corrections(options.ringSize());
        epochs = new Epochs(control::add, this::putControl, places, ports);
        sequencer = new Sequencer(options, ports, corrections, answers::add);
        replicator = new ReplicatorStage(options, ports, places, corrections, epochs);
        commandCheck = new CommandCheck(options.maxBatchBytes());
        replica.listener(epochs::applied);
    }

    static PipelineOptions options() {
        return options(8);
    }

    static PipelineOptions options(final int maxBatchMessages) {
        return new PipelineOptions(
                64, WaitStrategyName.BLOCKING, 2, 4096, maxBatchMessages, 4, 1 << 20, 1 << 30);
    }

    /** Sets the machine's clock, which takes no time. */
    void setWallClock(final long ns) {
        wallNs = ns;
    }

    void letPass(final long ns) {
        wallNs += ns;
        monotonicNs += ns;
    }

    CompletableFuture<PublishOutcome> publish(final PublishRequest request) {
        if (!isOpen()) {
            return CompletableFuture.completedFuture(new PublishOutcome.NotLeading());
        }
        final PendingRequest pending = new PendingRequest(request);
        if (!hasRoom()) {
            return CompletableFuture.completedFuture(Bounds.RING_FULL);
        }
        claim().carry(pending);
        return pending.outcome();
    }

    CompletableFuture<CommandOutcome> offer(final Event event) {
        if (!isOpen() || !hasRoom() || commandCheck.objection(event).isPresent()) {
            return CompletableFuture.completedFuture(new CommandOutcome.Dropped("at the door"));
        }
        final PendingCommand pending = new PendingCommand(event);
        claim().carry(pending);
        return pending.outcome();
    }

    boolean isOpen() {
        final Epoch epoch = epochs.current();
        return epoch != null && epoch.isOpen();
    }

    void lead() {
        epochs.leading(replica.lead());
    }

    /** Raft takes the leadership, and the pipeline hears of it. */
    void lose(final int surviving) {
        replica.lose(surviving);
        epochs.leadershipLost();
    }

    /** Leads, and goes on until requests are taken. */
    void leadAndOpen() {
        lead();
        runAll();
    }

    /** Leads in term 1, with accounts {@code 0..count-1} open at nonce 0. */
    static SimulatedPipeline leadingWith(final int accounts) {
        return leadingWith(accounts, 8);
    }

    static SimulatedPipeline leadingWith(final int accounts, final int maxBatchMessages) {
        final SimulatedPipeline pipeline = new SimulatedPipeline(options(maxBatchMessages));
        pipeline.leadAndOpen();
        for (int account = 0; account < accounts; account++) {
            pipeline.offer(Requests.open(account, 0));
        }
        pipeline.runAll();
        return pipeline;
    }

    /** All events applied, in order. */
    List<Event> events() {
        return replica.journal().stream().flatMap(batch -> batch.events().stream()).toList();
    }

    /** The signed texts of an account's messages, as they were applied. */
    List<String> messages(final int account) {
        return events().stream()
                .filter(Event.MessageSequenced.class::isInstance)
                .map(Event.MessageSequenced.class::cast)
                .filter(message -> message.accountId() == account)
                .map(message -> new String(message.signedBytes(), UTF_8))
                .toList();
    }

    boolean sequenceNext() {
        if (sequenced == claimed) {
            return false;
        }
        sequencer.sequence(slot(sequenced++));
        return true;
    }

    boolean signNext() {
        if (signed == sequenced) {
            return false;
        }
        SignerStage.sign(slot(signed++));
        return true;
    }

    boolean replicateNext() {
        // With one place free the stage cannot wait for another: there is nobody to free it here.
        if (replicated == signed || places.count() == 0) {
            return false;
        }
        replicator.replicate(slot(replicated++));
        return true;
    }

    boolean flush() {
        final boolean collecting = replicator.isCollecting();
        return replicator.flush(0) && collecting;
    }

    boolean runControl() {
        return runOne(control);
    }

    boolean answer() {
        return runOne(answers);
    }

    /** Everything but commits, until nothing moves. */
    void runStages() {
        boolean moved = true;
        while (moved) {
            moved = false;
            while (sequenceNext() | signNext() | replicateNext() | runControl() | answer()) {
                moved = true;
            }
            moved |= flush();
        }
    }

    /** Everything, until nothing moves. */
    void runAll() {
        do {
            runStages();
        } while (replica.commit());
    }

    @Override
    public void epochOpened(final long term) {
        epochsTold.add("opened " + term);
    }

    @Override
    public void epochClosed(final long term) {
        epochsTold.add("closed " + term);
    }

    private void putControl(final Slot.Kind kind, final Epoch epoch) {
        while (!hasRoom()) {
            final boolean moved =
                    sequenceNext() | signNext() | replicateNext() | flush() | answer();
            if (!moved && !replica.commit()) {
                throw new IllegalStateException("expected the ring to drain");
            }
        }
        claim().carry(kind, epoch);
    }

    private boolean hasRoom() {
        return claimed - replicated < options.ringSize();
    }

    private Slot claim() {
        return slot(claimed++);
    }

    private Slot slot(final long position) {
        return ring[(int) (position % ring.length)];
    }

    private static boolean runOne(final ArrayDeque<Runnable> tasks) {
        final Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }
}
