package io.nelumbo.publisher.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The pipeline with its threads, over a replica that commits when the test says so. */
final class RunningPipeline implements EpochListener, AutoCloseable {

    static final String RECEIPTS_THREAD = "receipts";

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    final FakeReplica replica = new FakeReplica();
    final List<String> epochsTold = new CopyOnWriteArrayList<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    final AtomicInteger stepDowns = new AtomicInteger();
    final Pipeline pipeline;
    volatile BooleanSupplier diskHasRoom = () -> true;

    /** Reading the journal waits for this. */
    volatile CountDownLatch journalReadable = new CountDownLatch(0);

    private final ExecutorService receipts =
            Executors.newSingleThreadExecutor(task -> new Thread(task, RECEIPTS_THREAD));

    RunningPipeline(final PipelineOptions options) {
        pipeline =
                new Pipeline(
                        options,
                        new PipelinePorts(
                                replica,
                                replica.ledger(),
                                new LeaderClock(() -> 1_000, () -> 1_000),
                                "self",
                                stepDowns::incrementAndGet,
                                () -> diskHasRoom.getAsBoolean(),
                                this,
                                this::batchOf,
                                receipts,
                                (why, cause) -> faults.add(why)));
        replica.listener(pipeline::onApplied);
    }

    /** Leads, commits what it takes, and opens accounts {@code 0..count-1} at nonce 0. */
    static RunningPipeline leadingWith(final PipelineOptions options, final int accounts) {
        final RunningPipeline running = new RunningPipeline(options);
        running.leadAndOpen();
        for (int account = 0; account < accounts; account++) {
            final var opened = running.pipeline.offer(Requests.open(account, 0));
            running.commitUntil(opened::isDone);
        }
        return running;
    }

    void leadAndOpen() {
        pipeline.onLeading(replica.lead());
        commitUntil(pipeline::isOpen);
    }

    void lose(final int surviving) {
        replica.lose(surviving);
        pipeline.onLeadershipLost();
    }

    void commitUntil(final BooleanSupplier reached) {
        await(
                () -> {
                    replica.commit();
                    return reached.getAsBoolean();
                });
    }

    static void await(final BooleanSupplier reached) {
        final long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not reached within " + DEADLINE);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void epochOpened(final long term) {
        epochsTold.add("opened " + term);
    }

    @Override
    public void epochClosed(final long term) {
        epochsTold.add("closed " + term);
    }

    private byte @Nullable [] batchOf(final long sequence) {
        try {
            if (!journalReadable.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("expected the test to let the journal be read");
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return replica.batchOf(sequence);
    }

    @Override
    public void close() {
        pipeline.close();
        receipts.shutdown();
    }
}
