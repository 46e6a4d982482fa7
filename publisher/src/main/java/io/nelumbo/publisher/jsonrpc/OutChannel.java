package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a WebSocket: values wait here until the client takes them. Guarded by its own
 * lock; fed by any thread, emptied by the event loop.
 *
 * <p>A client that leaves too many values lying is not waited for: its socket is closed (I10).
 */
final class OutChannel implements ChannelSink {
    /** Values that may wait for the client. */
    static final int MAX_VALUES = 16_384;

    /** Their bytes together. */
    static final int MAX_BYTES = 8 << 20;

    private final String requestId;
    private final HeldBytes.Share held;
    private final SocketChannels socket;
    private final ArrayDeque<RawJson> values = new ArrayDeque<>();
    private int waitingBytes;
    private long number;
    private @Nullable Runnable source;
    private boolean ended;
    private boolean closeIsDue;

    /**
     * @param requestId of the call that opened it
     * @param held what its values hold
     */
    OutChannel(final String requestId, final HeldBytes.Share held, final SocketChannels socket) {
        this.requestId = requestId;
        this.held = held;
        this.socket = socket;
    }

    boolean isOf(final String otherRequestId) {
        return requestId.equals(otherRequestId);
    }

    @Override
    public boolean offer(final RawJson value) {
        final Runnable closeSocket;
        synchronized (this) {
            if (ended) {
                return false;
            }
            if (hasRoomFor(value.length())) {
                values.add(value);
                waitingBytes += value.length();
                socket.wake();
                return true;
            }
            closeSocket = reasonToClose(value.length());
        }
        abandon();
        closeSocket.run();
        return false;
    }

    /** A client that has taken all its values is not told that it is slow. */
    private Runnable reasonToClose(final int valueBytes) {
        final int lying = values.size();
        final boolean own =
                lying == MAX_VALUES
                        || valueBytes > MAX_BYTES - waitingBytes
                        || !socket.hasRoomFor(valueBytes);
        return own ? () -> socket.tooSlow(lying) : socket::noRoom;
    }

    private boolean hasRoomFor(final int valueBytes) {
        return values.size() < MAX_VALUES
                && valueBytes <= MAX_BYTES - waitingBytes
                && held.take(valueBytes);
    }

    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            closeIsDue = true;
            socket.wake();
        }
    }

    /** The source is open. If the channel has ended meanwhile, it is ended, too. */
    void feedFrom(final Runnable endOfSource) {
        synchronized (this) {
            if (!ended) {
                source = endOfSource;
                return;
            }
        }
        endOfSource.run();
    }

    /** The client knows the channel by this number from now on, so values may go out. */
    synchronized void announced(final long channelNumber) {
        number = channelNumber;
        socket.wake();
    }

    /** The client wants no more: nothing but the end of the channel goes out. */
    void cancel() {
        end(true);
    }

    /** The socket is gone, or will be: nothing goes out. */
    void abandon() {
        end(false);
    }

    private void end(final boolean tellClient) {
        final Runnable endOfSource;
        synchronized (this) {
            ended = true;
            closeIsDue = tellClient;
            values.clear();
            waitingBytes = 0;
            held.release();
            endOfSource = source;
            source = null;
        }
        if (endOfSource != null) {
            endOfSource.run();
        }
        socket.wake();
    }

    /** The next message for the client, or null. */
    synchronized byte @Nullable [] next() {
        if (number == 0) {
            return null;
        }
        final RawJson value = values.poll();
        if (value != null) {
            waitingBytes -= value.length();
            held.replaceBy(waitingBytes);
            return message("xrpc.ch.val", value);
        }
        if (!closeIsDue) {
            return null;
        }
        closeIsDue = false;
        return message("xrpc.ch.close", null);
    }

    /** Whether nothing will ever go out again. */
    synchronized boolean isOver() {
        return ended && !closeIsDue && values.isEmpty();
    }

    private byte[] message(final String word, final @Nullable RawJson value) {
        final ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(
                ("{\"jsonrpc\":\"2.0\",\"method\":\"" + word + "\",\"params\":[" + number)
                        .getBytes(US_ASCII));
        if (value != null) {
            message.write(',');
            value.writeTo(message);
        }
        message.writeBytes("]}".getBytes(US_ASCII));
        return message.toByteArray();
    }
}
