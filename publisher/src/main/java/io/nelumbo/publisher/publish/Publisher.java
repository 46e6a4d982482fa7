package io.nelumbo.publisher.publish;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.pipeline.Commands;
import io.nelumbo.publisher.publish.loop.PublishClock;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.Offers;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the ledger of this node has applied, while this node leads: pushes every message
 * to upstreams in nonce order until the chain has confirmed it, and offers what it finds out as
 * events. One thread, named {@code publisher}, does all of it; the methods may be called by any
 * thread, and none of them blocks except {@link #close}.
 *
 * <p>Nothing here is durable or has to be: a new leader builds the same lanes from its own ledger
 * and pushes the same bytes (I2, I3). Two publishers at one time are harmless.
 *
 * <p>Source: DESIGN §6 and §7.
 */
public final class Publisher implements AutoCloseable {

    private static final long MAX_PARK_NS = 1_000_000_000L;

    private final LedgerView ledger;
    private final PublishLoop loop;
    private final Publishing publishing;
    private final Thread thread;
    private final AtomicReference<@Nullable CompletableFuture<PublisherStatus>> statusAsked =
            new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Starts the thread; it publishes nothing before {@link #epochOpened}.
     *
     * @param upstreams of each chain, the preferred one first
     * @param onFailure told of an error in the publisher's own code; the thread has ended then, and
     *     the process should halt (I11)
     */
    public Publisher(
            final Map<ChainKind, List<Upstream>> upstreams,
            final LedgerView ledger,
            final Commands commands,
            final PublishOptions options,
            final FillPolicy fillPolicy,
            final Thread.UncaughtExceptionHandler onFailure) {
        this.ledger = ledger;
        this.thread = new Thread(this::run, "publisher");
        this.loop = new PublishLoop(PublishClock.system(), () -> LockSupport.unpark(thread));
        this.publishing =
                new Publishing(
                        upstreams,
                        new Ports(ledger, new Offers(commands, loop), loop, options, fillPolicy));
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onFailure);
        thread.start();
    }

    /**
     * This node leads in {@code term}, and its EpochOpened is applied here: the ledger is the whole
     * truth. Lanes are built from its outbox, and pushing begins.
     */
    public void epochOpened(final long term) {
        publishing.epochOpened(term);
        LockSupport.unpark(thread);
    }

    /** The epoch is over: no push begins after this has been noticed; those in flight may end. */
    public void epochClosed(final long term) {
        publishing.epochClosed(term);
        LockSupport.unpark(thread);
    }

    /**
     * A batch was applied to the ledger. Called on the applying thread only; raises a flag per
     * account, makes no garbage. The decoder is not kept.
     */
    public void onApplied(final BatchDecoder batch) {
        if (publishing.onApplied(batch)) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Opens an account, so that it can carry messages: asks the chain for its nonce and has it
     * committed. Completes at once for an account that is open, never exceptionally.
     */
    public CompletableFuture<OpenOutcome> open(final Address address) {
        final int accountId = ledger.accountId(address.chain(), address.bytes());
        if (accountId >= 0) {
            return CompletableFuture.completedFuture(new OpenOutcome.Opened(accountId));
        }
        final CompletableFuture<OpenOutcome> then = new CompletableFuture<>();
        if (!loop.post(() -> publishing.open(address, then))) {
            then.complete(new OpenOutcome.AskAgain());
        }
        if (closed) {
            then.complete(new OpenOutcome.AskAgain());
        }
        return then;
    }

    /** How publishing goes; those who ask at the same time share one answer. */
    public CompletableFuture<PublisherStatus> status() {
        final CompletableFuture<PublisherStatus> asked = new CompletableFuture<>();
        final CompletableFuture<PublisherStatus> earlier =
                statusAsked.compareAndExchange(null, asked);
        if (earlier != null) {
            return earlier;
        }
        if (!loop.post(this::answerStatus) || closed) {
            answerUnknown();
        }
        return asked;
    }

    /** Stops, and waits until the thread has ended. Pushes in flight are left to themselves. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answerUnknown();
    }

    private void run() {
        while (!closed) {
            publishing.turn();
            final long untilTimerNs = loop.nextTimerNs() - loop.nowNs();
            if (untilTimerNs > 0 && !loop.hasPosted()) {
                LockSupport.parkNanos(this, Math.min(untilTimerNs, MAX_PARK_NS));
            }
        }
        publishing.closeEpoch();
        publishing.turn();
    }

    private void answerStatus() {
        final CompletableFuture<PublisherStatus> asked = statusAsked.getAndSet(null);
        if (asked != null) {
            asked.complete(publishing.status());
        }
    }

    /** While the thread cannot answer, the ledger alone does. */
    private void answerUnknown() {
        final CompletableFuture<PublisherStatus> asked = statusAsked.getAndSet(null);
        if (asked != null) {
            asked.complete(
                    new PublisherStatus(0, ledger.unconfirmedMessages(), List.of(), List.of()));
        }
    }
}
