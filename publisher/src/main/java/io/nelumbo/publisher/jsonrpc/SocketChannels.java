package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one WebSocket, numbered from 1 as they open. Any thread opens and cancels; the
 * event loop pumps and ends.
 *
 * <p>Bounds (I10): {@value #MAX_CHANNELS} channels, {@value #MAX_BYTES} bytes of values in all of
 * them, and in each what {@link OutChannel} allows. Channels end with the socket, and with them
 * their sources.
 */
final class SocketChannels {
    static final int MAX_CHANNELS = 64;

    /** What the values of all of them hold together. */
    static final int MAX_BYTES = 16 << 20;

    /** Written in one go, so that one client's values do not hold up the others. */
    private static final int MAX_MESSAGES_PER_PUMP = 256;

    private final HeldBytes held;
    private final Runnable pumpLater;
    private final Consumer<String> closeSocket;
    private final List<OutChannel> channels = new CopyOnWriteArrayList<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicBoolean pumpIsDue = new AtomicBoolean();
    private final Set<String> early = new HashSet<>();
    private boolean ended;

    /**
     * @param held the socket's own part of what all channels hold
     * @param pumpLater has the event loop call {@link #pump}
     * @param closeSocket has the event loop close the socket, with this reason
     */
    SocketChannels(
            final HeldBytes held, final Runnable pumpLater, final Consumer<String> closeSocket) {
        this.held = held;
        this.pumpLater = pumpLater;
        this.closeSocket = closeSocket;
    }

    /**
     * Opens a channel.
     *
     * @param id of the call that asks for it
     * @return the answer to that call; once it is written, values go out
     */
    CompletableFuture<Reply> open(
            final JsonNode id,
            final Function<ChannelSink, CompletableFuture<Runnable>> source,
            final Duration timeout) {
        final String key = key(id);
        final OutChannel channel = new OutChannel(key, held.share(), this);
        if (!admit(channel)) {
            throw JsonRpcError.application(
                    "expected at most "
                            + MAX_CHANNELS
                            + " channels on one WebSocket; cancel one, or open another WebSocket");
        }
        if (isCancelled(key)) {
            channel.cancel();
        }
        // Through a future, so that what is thrown and what fails later end the same way.
        final CompletableFuture<Runnable> open =
                CompletableFuture.<ChannelSink>completedFuture(channel).thenCompose(source);
        final CompletableFuture<Void> unused = open.thenAccept(channel::feedFrom);
        return open.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((end, failure) -> opened(id, channel, failure));
    }

    /**
     * Ends the channels that a call opened. A worker may come here before another one comes to the
     * call that was sent first: a call that is not known is ended when it opens its channel.
     */
    void cancel(final JsonNode requestId) {
        final String key = key(requestId);
        final List<OutChannel> meant;
        synchronized (this) {
            meant = channels.stream().filter(channel -> channel.isOf(key)).toList();
            if (meant.isEmpty() && early.size() < MAX_CHANNELS) {
                early.add(key);
            }
        }
        meant.forEach(OutChannel::cancel);
    }

    /** Every call that came was answered: who was cancelled and opened no channel never will. */
    synchronized void forgetEarlyCancels() {
        early.clear();
    }

    /** The socket is closed, or about to be. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        channels.forEach(OutChannel::abandon);
        channels.clear();
    }

    /** Writes what waits, one message of each channel in turn. */
    void pump(final BooleanSupplier mayWrite, final Consumer<byte[]> write) {
        pumpIsDue.set(false);
        int written = 0;
        boolean more = true;
        while (more) {
            more = false;
            for (final OutChannel channel : channels) {
                if (!mayWrite.getAsBoolean()) {
                    return;
                }
                final byte[] message = channel.next();
                if (message != null) {
                    write.accept(message);
                    written++;
                    more = true;
                }
            }
            channels.removeIf(OutChannel::isOver);
            if (written >= MAX_MESSAGES_PER_PUMP) {
                wake();
                return;
            }
        }
    }

    /** Something may be there to write. */
    void wake() {
        if (pumpIsDue.compareAndSet(false, true)) {
            pumpLater.run();
        }
    }

    /** The part of one socket. */
    static HeldBytes roomIn(final HeldBytes channelRoom) {
        return channelRoom.part(MAX_BYTES);
    }

    /** Whether so much more is within what one socket may hold. */
    boolean hasRoomFor(final int valueBytes) {
        return held.hasRoomFor(valueBytes);
    }

    /** All sockets together hold too much. */
    void noRoom() {
        closeSocket.accept("no room for channels on this node; try again later");
    }

    /** The client has left too much lying. */
    void tooSlow(final int lyingValues) {
        closeSocket.accept(
                "too slow: " + lyingValues + " values of a channel were not taken; subscribe anew");
    }

    private synchronized boolean admit(final OutChannel channel) {
        return !ended && channels.size() < MAX_CHANNELS && channels.add(channel);
    }

    private synchronized boolean isCancelled(final String key) {
        return early.remove(key);
    }

    private Reply opened(
            final JsonNode id, final OutChannel channel, final @Nullable Throwable failure) {
        if (failure != null) {
            // Should it open after all, it is ended then.
            channel.abandon();
            channels.remove(channel);
            throw failure instanceof CompletionException wrapped
                    ? wrapped
                    : new CompletionException(failure);
        }
        final long number = lastNumber.incrementAndGet();
        return Reply.result(id, LongNode.valueOf(number))
                .whenWritten(() -> channel.announced(number));
    }

    /** Numbers are the same however they are written, as Go reads them. */
    private static String key(final JsonNode id) {
        return id.isNumber()
                ? id.decimalValue().stripTrailingZeros().toString()
                : "\"" + id.asText();
    }
}
