package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.AlreadyClosedException;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node as a client of the others: one attempt at a time, to one peer. Any thread. */
final class PeerLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final long RECONNECT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * Ratis refuses a stale read below a commit index, and a member that has started anew knows of
     * no commit before it hears a leader. What peers ask of each other depends on none.
     */
    private static final long WHATEVER_IS_COMMITTED = RaftLog.INVALID_LOG_INDEX;

    private final RaftCluster cluster;
    private final RaftClient client;
    private final long attemptMs;
    private final AtomicLong lastReconnectNs = new AtomicLong(System.nanoTime());

    PeerLink(final RaftSettings settings, final RaftGroup group, final Parameters security) {
        this.cluster = settings.cluster();
        this.attemptMs = settings.timeouts().leaderCallAttempt().toMillis();
        this.client =
                RaftClient.newBuilder()
                        .setRaftGroup(group)
                        .setProperties(RatisProperties.of(settings))
                        .setParameters(security)
                        .build();
    }

    /**
     * Sends one request to one member, once. Fails when that member does not lead, or when no
     * answer comes: then it may have been heard all the same.
     */
    CompletableFuture<Message> send(final RaftPeerId leader, final byte[] request) {
        return client.getClientRpc()
                .sendRequestAsyncUnordered(
                        request(leader, request, RaftClientRequest.readRequestType(), attemptMs))
                .thenApply(PeerLink::messageOf)
                .whenComplete(
                        (answer, failure) -> {
                            if (failure != null) {
                                reconnect(leader, failure);
                            }
                        });
    }

    private static Message messageOf(final RaftClientReply reply) {
        if (reply.getException() != null) {
            throw new CompletionException(reply.getException());
        }
        return reply.getMessage();
    }

    /**
     * A channel that failed backs off for minutes: the next attempt shall begin anew. Hundreds of
     * calls fail at the same moment, though, and only the first may close what the others share.
     */
    private void reconnect(final RaftPeerId peer, final Throwable failure) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        final long now = System.nanoTime();
        final long last = lastReconnectNs.get();
        if (isBroken(cause)
                && now - last > RECONNECT_PAUSE_NS
                && lastReconnectNs.compareAndSet(last, now)) {
            client.getClientRpc().handleException(peer, cause, true);
        }
    }

    /**
     * A timeout says nothing about the channel, and an answer that the peer does not lead says that
     * it works. But with such an answer Ratis ends the stream for good, and then reports it closed.
     */
    private static boolean isBroken(final Throwable cause) {
        return cause instanceof AlreadyClosedException
                || !(cause instanceof RaftException || cause instanceof TimeoutIOException);
    }

    /** Asks one peer once, waiting for its answer; empty if it gives none in time. */
    Optional<byte[]> ask(final String peerId, final PeerQuestion question, final Duration wait) {
        return put(peerId, question, wait) instanceof PeerReply.Told told
                ? Optional.of(told.answer())
                : Optional.empty();
    }

    /** The same, and why there is no answer. */
    PeerReply put(final String peerId, final PeerQuestion question, final Duration wait) {
        final RaftPeerId peer = RaftPeerId.valueOf(peerId);
        final RaftClientRequest request =
                request(
                        peer,
                        question.encode(),
                        RaftClientRequest.staleReadRequestType(WHATEVER_IS_COMMITTED),
                        wait.toMillis());
        try {
            final RaftClientReply reply = client.getClientRpc().sendRequest(request);
            if (reply.getException() != null) {
                throw reply.getException();
            }
            return new PeerReply.Told(PeerAnswer.read(reply.getMessage()));
        } catch (final IOException | LeaderCallFailed e) {
            LOG.info("{} did not answer {}: {}", peerId, question, e.toString());
            // A channel that failed backs off for minutes; the next question begins anew.
            client.getClientRpc().handleException(peer, e, true);
            return isThere(peerId, e)
                    ? new PeerReply.Unready(e.toString())
                    : new PeerReply.Absent(e.toString());
        }
    }

    /** A failure that gRPC met on the way says that nobody is there; all others were sent. */
    private boolean isThere(final String peerId, final Exception failure) {
        return failure instanceof TimeoutIOException
                ? PeerPort.of(cluster.member(peerId)) == PeerPort.ACCEPTS
                : Status.fromThrowable(failure).getCode() != Status.Code.UNAVAILABLE;
    }

    private RaftClientRequest request(
            final RaftPeerId peer,
            final byte[] body,
            final RaftClientRequest.Type type,
            final long timeoutMs) {
        return RaftClientRequest.newBuilder()
                .setClientId(client.getId())
                .setServerId(peer)
                .setGroupId(client.getGroupId())
                .setCallId(CallId.getAndIncrement())
                .setMessage(Message.valueOf(ByteString.copyFrom(body)))
                .setType(type)
                .setTimeoutMs(timeoutMs)
                .build();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** The members but one. */
    static List<String> others(final RaftSettings settings) {
        return settings.cluster().members().stream()
                .map(RaftMember::peerId)
                .filter(peerId -> !peerId.equals(settings.peerId()))
                .toList();
    }
}
