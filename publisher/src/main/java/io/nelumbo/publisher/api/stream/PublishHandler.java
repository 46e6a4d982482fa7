package io.nelumbo.publisher.api.stream;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.stream.v1.Receipts;
import org.jspecify.annotations.Nullable;

/** Lets callers in who have a token for it (I12), each with a session. On event loops. */
final class PublishHandler implements ServerCallHandler<ReceivedBatch, Receipts> {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";

    private final Authenticator authenticator;
    private final StreamDesk desk;
    private final StreamLimits limits;
    private final StreamRoom room;
    private final BoundedLoops loops;

    PublishHandler(
            final Authenticator authenticator,
            final StreamDesk desk,
            final StreamLimits limits,
            final StreamRoom room,
            final BoundedLoops loops) {
        this.authenticator = authenticator;
        this.desk = desk;
        this.limits = limits;
        this.room = room;
        this.loops = loops;
    }

    @Override
    public ServerCall.Listener<ReceivedBatch> startCall(
            final ServerCall<ReceivedBatch, Receipts> call, final Metadata headers) {
        final Caller caller = caller(headers.get(AUTHORIZATION));
        if (caller == null) {
            return turnAway(
                    call,
                    Status.UNAUTHENTICATED,
                    "expected the metadata authorization: Bearer <token>, with a token that this"
                            + " node's secret made");
        }
        final ItemReader reader = new ItemReader(caller);
        if (!reader.mayPublish()) {
            return turnAway(
                    call,
                    Status.PERMISSION_DENIED,
                    "missing permission to publish (need 'sign' or 'write')");
        }
        final StreamSession session =
                new StreamSession(
                        new StreamTransport(call, loops), limits, room, reader, desk.open(caller));
        if (!room.enter(session)) {
            return turnAway(
                    call,
                    Status.RESOURCE_EXHAUSTED,
                    "overloaded: " + limits.maxStreams() + " streams are open on this node");
        }
        session.start();
        return session;
    }

    private @Nullable Caller caller(final @Nullable String authorization) {
        return authorization != null && authorization.startsWith(BEARER)
                ? authenticator.caller(authorization.substring(BEARER.length()).trim())
                : null;
    }

    private static ServerCall.Listener<ReceivedBatch> turnAway(
            final ServerCall<ReceivedBatch, Receipts> call, final Status status, final String why) {
        call.close(status.withDescription(why + "; nothing was read"), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
