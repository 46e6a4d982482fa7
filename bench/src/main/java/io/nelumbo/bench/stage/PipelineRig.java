package io.nelumbo.bench.stage;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.pipeline.EpochListener;
import io.nelumbo.publisher.pipeline.LeaderClock;
import io.nelumbo.publisher.pipeline.Pipeline;
import io.nelumbo.publisher.pipeline.PipelineOptions;
import io.nelumbo.publisher.pipeline.PipelinePorts;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline over an {@link InMemoryReplica}, with clients that keep a window of requests open. Its
 * steady state: whatever was published is confirmed, and its request ids expire, before more comes.
 */
final class PipelineRig implements EpochListener, AutoCloseable {

    private final InMemoryReplica replica;
    private final ExecutorService receipts = Executors.newSingleThreadExecutor();
    private final Pipeline pipeline;
    private final byte[] requestHash = new byte[32];
    private final byte[] principal = new byte[8];
    private final int window;
    private final Semaphore open;
    private long nextId;
    private volatile @Nullable PublishOutcome refused;

    /** With at most {@code window} requests open at a time, and that long to agree on a batch. */
    PipelineRig(final PipelineOptions options, final long agreementNs, final int window) {
        this.window = window;
        open = new Semaphore(window);
        replica = new InMemoryReplica(agreementNs);
        pipeline =
                new Pipeline(
                        options,
                        new PipelinePorts(
                                replica,
                                replica.ledger(),
                                LeaderClock.system(),
                                "bench",
                                () -> {
                                    throw new IllegalStateException("expected to lead for ever");
                                },
                                () -> true,
                                this,
                                sequence -> null,
                                receipts,
                                (why, cause) -> {
                                    throw new IllegalStateException(why, cause);
                                }));
        replica.lead(pipeline);
        committed(new Event.AccountOpened(0, ChainKind.FILECOIN, new byte[] {1, 2}, 0));
    }

    /** Publishes one message and waits for its receipt. */
    PublishOutcome publish(final Draft draft) {
        return submit(draft).join();
    }

    /**
     * Publishes as many as asked, each as soon as the window has room for it: at the end the window
     * is as full as it was, or fuller.
     */
    void publish(final Draft draft, final int count) {
        for (int n = 0; n < count; n++) {
            open.acquireUninterruptibly();
            final var unused = submit(draft).thenAccept(this::release);
        }
        requireNoRefusal();
    }

    /** Publishes until the window is full. */
    void fill(final Draft draft) {
        publish(draft, window);
    }

    /** Waits for every receipt. */
    void drain() {
        open.acquireUninterruptibly(window);
        open.release(window);
        requireNoRefusal();
    }

    /** Drains, and has the ledger forget what was published: a chain that confirms everything. */
    void confirmAll() {
        drain();
        committed(new Event.NonceConfirmed(0, replica.ledger().nextNonce(0), 1));
        committed(new Event.RequestIdsExpired(replica.ledger().nextSequence()));
    }

    @Override
    public void epochOpened(final long term) {
        // Nobody publishes to a chain here.
    }

    @Override
    public void epochClosed(final long term) {
        // Nobody publishes to a chain here.
    }

    @Override
    public void close() {
        pipeline.close();
        replica.close();
        receipts.shutdown();
    }

    private CompletableFuture<PublishOutcome> submit(final Draft draft) {
        final RequestId id = new RequestId(1, nextId++);
        return pipeline.publish(new PublishRequest(id, requestHash, principal, 0, draft));
    }

    private void committed(final Event event) {
        final CommandOutcome outcome = pipeline.offer(event).join();
        if (!(outcome instanceof CommandOutcome.Committed)) {
            throw new IllegalStateException("expected a commit of " + event + " but " + outcome);
        }
    }

    private void release(final PublishOutcome outcome) {
        if (!(outcome instanceof PublishOutcome.Published)) {
            refused = outcome;
        }
        open.release();
    }

    private void requireNoRefusal() {
        if (refused != null) {
            throw new IllegalStateException("expected a receipt but was " + refused);
        }
    }
}
