package io.nelumbo.publisher.api.stream;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import io.nelumbo.publisher.stream.v1.Receipts;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One stream. Owned by its connection's event loop; only {@link #answer} and {@link #stop} are
 * called on any thread.
 *
 * <p>What is in flight is bounded at both ends: a message counts from the moment it is read until
 * its answer is given to the transport, and the transport takes no more than the client does. So a
 * client that sends without reading is not read any more, and costs no more than its bound.
 *
 * <p>Answers wake the event loop once, however many have come until it is there: what a Raft entry
 * brought leaves in few messages.
 */
final class StreamSession extends ServerCall.Listener<ReceivedBatch> implements StreamAnswers {
    private static final int MAX_ANSWERS = 512;

    /** Signed messages have up to 64 KiB each. */
    private static final int MAX_ANSWER_BYTES = 256 << 10;

    private static final StreamItem.Body NO_BODY = new StreamItem.Signed(new byte[0]);
    private static final String REPEAT =
            ": what has no answer may be committed or not, send it again under the same request"
                    + " ids";

    private final StreamTransport transport;
    private final StreamLimits limits;
    private final StreamRoom room;
    private final ItemReader reader;
    private final StreamDesk.Line line;

    private final Queue<Answer> answers = new ManyToOneConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Runnable drain = this::drain;

    private int messagesInFlight;
    private long bytesInFlight;
    private boolean batchRequested;
    private boolean halfClosed;
    private boolean stopping;
    private boolean ended;
    private boolean untaken;
    private boolean watching;
    private long answersTaken;
    private @Nullable Future<?> endWatch;

    private record Answer(StreamItem item, StreamOutcome outcome) {}

    StreamSession(
            final StreamTransport transport,
            final StreamLimits limits,
            final StreamRoom room,
            final ItemReader reader,
            final StreamDesk.Line line) {
        this.transport = transport;
        this.limits = limits;
        this.room = room;
        this.reader = reader;
        this.line = line;
    }

    /** Lets the client begin. */
    void start() {
        transport.open();
        readOn();
    }

    @Override
    public void onMessage(final ReceivedBatch received) {
        batchRequested = false;
        if (ended) {
            return;
        }
        if (received instanceof ReceivedBatch.Broken broken) {
            end(
                    broken.why()
                            .withDescription(
                                    broken.why().getDescription()
                                            + "; nothing of this batch was published"
                                            + REPEAT));
            return;
        }
        final List<StreamItem> taken = take(((ReceivedBatch.Sound) received).batch());
        if (!taken.isEmpty()) {
            line.publish(taken, this);
        }
        readOn();
    }

    /** The items that may be published; the others are answered, and count in the same way. */
    private List<StreamItem> take(final PublishBatch batch) {
        final boolean overloaded = !room.hasRoom();
        final List<StreamItem> taken = new ArrayList<>(batch.getItemsCount());
        long bytes = 0;
        for (int i = 0; i < batch.getItemsCount(); i++) {
            final Item given = batch.getItems(i);
            final StreamOutcome.Refused objection =
                    overloaded ? ItemReader.noRoom(given) : reader.objection(given);
            if (objection == null) {
                final StreamItem item = reader.read(given, batch.getReturnSigned());
                bytes += item.sizeBytes();
                taken.add(item);
            } else {
                answer(new StreamItem(given.getNumber(), false, null, NO_BODY), objection);
            }
        }
        messagesInFlight += batch.getItemsCount();
        bytesInFlight += bytes;
        room.take(batch.getItemsCount(), bytes);
        return taken;
    }

    @Override
    public void answer(final StreamItem item, final StreamOutcome outcome) {
        answers.add(new Answer(item, outcome));
        if (!awake.get() && awake.compareAndSet(false, true)) {
            wake();
        }
    }

    private void wake() {
        try {
            transport.execute(drain);
        } catch (final RejectedExecutionException closed) {
            // The door is shut, and with it every stream: there is nobody left to tell.
            awake.set(false);
        }
    }

    @Override
    public void onReady() {
        drain();
    }

    @Override
    public void onHalfClose() {
        halfClosed = true;
        endIfDone();
    }

    /** The client has all, or as much as it is told: also after an end that is not ours. */
    @Override
    public void onComplete() {
        leave();
    }

    @Override
    public void onCancel() {
        leave();
    }

    /** Until here the stream is one, whatever was said of it: its transport holds what it holds. */
    private void leave() {
        ended = true;
        room.leave(this);
        if (endWatch != null) {
            endWatch.cancel(false);
        }
        drain();
    }

    /** The node stops: no more is read, and the stream ends when all is answered, or soon. */
    void stop() {
        transport.execute(
                () -> {
                    stopping = true;
                    endIfDone();
                    if (!ended) {
                        final var unused = transport.schedule(this::endStopped, limits.endGrace());
                    }
                });
    }

    private void drain() {
        // First, so that whoever answers from now on wakes the loop again.
        awake.set(false);
        if (ended) {
            forgetAnswers();
            return;
        }
        while (transport.isReady() && writeSome()) {
            answersTaken++;
        }
        untaken = !answers.isEmpty() && !transport.isReady();
        if (untaken && !watching) {
            watch();
        }
        endIfDone();
        readOn();
    }

    private boolean writeSome() {
        Answer next = answers.poll();
        if (next == null) {
            return false;
        }
        final Receipts.Builder some = Receipts.newBuilder();
        int count = 0;
        long itemBytes = 0;
        long answerBytes = 0;
        while (next != null) {
            AnswerWriter.write(some, next.item(), next.outcome());
            count++;
            itemBytes += next.item().sizeBytes();
            answerBytes += next.item().returnSigned() ? next.item().sizeBytes() : 0;
            next = count < MAX_ANSWERS && answerBytes < MAX_ANSWER_BYTES ? answers.poll() : null;
        }
        transport.send(some.build());
        release(count, itemBytes);
        return true;
    }

    private void readOn() {
        if (!batchRequested
                && !halfClosed
                && !stopping
                && !ended
                && messagesInFlight < limits.perStream().messages()
                && bytesInFlight < limits.perStream().bytes()) {
            batchRequested = true;
            transport.read();
        }
    }

    private void endIfDone() {
        if (ended || messagesInFlight > 0) {
            return;
        }
        if (halfClosed) {
            end(Status.OK);
        } else if (stopping) {
            endStopped();
        }
    }

    private void endStopped() {
        end(Status.UNAVAILABLE.withDescription("this node stops" + REPEAT + ", to another node"));
    }

    /** Looks now and then whether a client takes anything of what waits for it. */
    private void watch() {
        watching = true;
        final long before = answersTaken;
        final var unused = transport.schedule(() -> lookAt(before), limits.takeTimeout());
    }

    private void lookAt(final long before) {
        watching = false;
        if (ended || !untaken) {
            return;
        }
        if (answersTaken > before) {
            watch();
            return;
        }
        end(
                Status.RESOURCE_EXHAUSTED.withDescription(
                        "too slow: no answer was taken within "
                                + limits.takeTimeout().toMillis()
                                + " ms"
                                + REPEAT));
    }

    private void end(final Status status) {
        if (ended) {
            return;
        }
        ended = true;
        transport.close(status);
        forgetAnswers();
        // What the client does not take stays with the transport, and the end behind it.
        endWatch = transport.schedule(transport::hangUp, limits.takeTimeout());
    }

    private void forgetAnswers() {
        @Nullable Answer next = answers.poll();
        while (next != null) {
            release(1, next.item().sizeBytes());
            next = answers.poll();
        }
    }

    private void release(final int messages, final long bytes) {
        messagesInFlight -= messages;
        bytesInFlight -= bytes;
        room.release(messages, bytes);
    }
}
