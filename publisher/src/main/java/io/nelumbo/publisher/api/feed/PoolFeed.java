package io.nelumbo.publisher.api.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.ChannelSink;
import io.nelumbo.publisher.jsonrpc.RawJson;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code MpoolSub}: tells subscribers what comes into the pool and what leaves it, in the order in
 * which it was applied. The applying thread only leaves a copy of each batch here, and not even
 * that while nobody listens; the executor does the rest, one piece at a time.
 *
 * <p>Bounds (I10): {@value #MAX_WAITING_BATCHES} batches and {@value #MAX_WAITING_BYTES} bytes
 * wait, {@value PoolMirror#MAX_MESSAGES} messages may be pending. Beyond, all channels are closed,
 * so that clients subscribe anew and look at the pool themselves.
 *
 * <p>Source: FILECOIN.md, JSON-RPC, MpoolSub.
 */
public final class PoolFeed {
    static final int MAX_WAITING_BATCHES = 4096;
    static final int MAX_WAITING_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(PoolFeed.class);
    private static final int ADDED = 0;
    private static final int REMOVED = 1;

    private final LotusJson json;
    private final Executor executor;
    private final PoolMirror mirror;
    private final List<ChannelSink> subscribers = new CopyOnWriteArrayList<>();
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean running;
    private volatile boolean listening;

    /**
     * @param ledger what this node has applied
     * @param executor where subscribers are told
     */
    public PoolFeed(final LedgerView ledger, final LotusJson json, final Executor executor) {
        this.json = json;
        this.executor = executor;
        this.mirror =
                new PoolMirror(
                        ledger, added -> tell(ADDED, added), removed -> tell(REMOVED, removed));
    }

    /**
     * Begins to tell a subscriber.
     *
     * @return completes when the subscriber misses nothing any more, with what ends it
     */
    public CompletableFuture<Runnable> subscribe(final ChannelSink subscriber) {
        final CompletableFuture<Runnable> open = new CompletableFuture<>();
        listening = true;
        later(
                0,
                () -> {
                    listening = true;
                    subscribers.add(subscriber);
                    mirror.fill();
                    open.complete(() -> later(0, () -> leave(subscriber)));
                });
        return open;
    }

    /** A batch was applied. On the applying thread. */
    public void onApplied(final BatchDecoder batch) {
        if (!listening) {
            return;
        }
        final byte[] copy = new byte[batch.length()];
        batch.buffer().getBytes(batch.offset(), copy);
        later(copy.length, () -> take(copy));
    }

    private void leave(final ChannelSink subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty()) {
            listening = false;
            mirror.clear();
        }
    }

    private void take(final byte[] batch) {
        if (subscribers.isEmpty()) {
            return;
        }
        new BatchDecoder()
                .wrap(new UnsafeBuffer(batch), 0, batch.length)
                .toEventBatch()
                .events()
                .forEach(event -> event.accept(mirror));
        if (mirror.isFull()) {
            closeAll("too many messages are pending");
        }
    }

    private void tell(final int type, final byte[] signedMessage) {
        final ObjectNode update = JsonNodeFactory.instance.objectNode().put("Type", type);
        update.set("Message", json.writeSigned(SignedFilecoinMessage.decode(signedMessage)));
        final RawJson value = RawJson.of(update);
        subscribers.forEach(subscriber -> subscriber.offer(value));
    }

    private void closeAll(final String why) {
        LOG.warn("{}: {} subscribers of the pool have to begin anew", why, subscribers.size());
        subscribers.forEach(ChannelSink::close);
        subscribers.clear();
        listening = false;
        mirror.clear();
    }

    /** Runs something behind everything that waits; never on the caller's thread. */
    private void later(final int bytes, final Runnable work) {
        synchronized (waiting) {
            if (bytes > 0
                    && (waiting.size() >= MAX_WAITING_BATCHES
                            || bytes > MAX_WAITING_BYTES - waitingBytes)) {
                // Nothing that came after a gap would be the truth.
                listening = false;
                waiting.removeIf(piece -> piece.bytes() > 0);
                waitingBytes = 0;
                waiting.add(new Piece(0, () -> closeAll("more was applied than could be told")));
            } else {
                waitingBytes += bytes;
                waiting.add(new Piece(bytes, work));
            }
            if (running) {
                return;
            }
            running = true;
        }
        runNext();
    }

    private void runNext() {
        try {
            executor.execute(this::runOne);
        } catch (final RejectedExecutionException closing) {
            LOG.debug("the node is closing: its subscribers are told no more");
        }
    }

    /** One piece, so that others of the executor have their turn. */
    private void runOne() {
        final Piece next = next();
        if (next == null) {
            return;
        }
        try {
            next.work().run();
        } catch (final RuntimeException e) {
            LOG.error("the pool's news cannot be told", e);
            closeAll("an internal error");
        }
        runNext();
    }

    private @Nullable Piece next() {
        synchronized (waiting) {
            final Piece next = waiting.poll();
            running = next != null;
            waitingBytes -= next == null ? 0 : next.bytes();
            return next;
        }
    }

    /**
     * Something to do in its turn.
     *
     * @param bytes of the batch that it holds, 0 if it holds none
     */
    private record Piece(int bytes, Runnable work) {}
}
