package io.nelumbo.publisher.api.stream;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.netty.shaded.io.netty.util.concurrent.ScheduledFuture;
import io.nelumbo.publisher.stream.v1.Receipts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What is under one stream: its call, the event loop that owns it, and the connection that carries
 * it. Owned by that loop; only {@link #execute} is called on any thread.
 */
final class StreamTransport {
    private final ServerCall<ReceivedBatch, Receipts> call;
    private final BoundedLoops loops;
    private final EventExecutor loop;

    /** To be made on the loop. */
    StreamTransport(final ServerCall<ReceivedBatch, Receipts> call, final BoundedLoops loops) {
        this.call = call;
        this.loops = loops;
        this.loop = loops.current();
    }

    void open() {
        call.sendHeaders(new Metadata());
    }

    /** Whether the client takes what is given now. */
    boolean isReady() {
        return call.isReady();
    }

    void send(final Receipts some) {
        call.sendMessage(some);
    }

    /** Lets one more batch come. */
    void read() {
        call.request(1);
    }

    /** The last that the client is told, behind what it has not taken yet. */
    void close(final Status status) {
        call.close(status, new Metadata());
    }

    /** Closes the connection, with whatever else it carries, for a client that takes nothing. */
    void hangUp() {
        loops.close(
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR),
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }

    /** Rejected when the door is shut. */
    void execute(final Runnable task) {
        loop.execute(task);
    }

    ScheduledFuture<?> schedule(final Runnable task, final Duration delay) {
        return loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
