package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.retry.RequestTypeDependentRetryPolicy;
import org.apache.ratis.proto.RaftProtos.RaftClientRequestProto.TypeCase;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.TimeDuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node as a client of the others: calls to the leader, questions to one peer. Any thread. */
final class PeerLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final int MAX_CALLS_IN_FLIGHT = 4096;
    private static final TimeDuration BETWEEN_ATTEMPTS =
            TimeDuration.valueOf(100, TimeUnit.MILLISECONDS);

    private final RaftClient client;
    private final Duration bound;
    private final Semaphore calls = new Semaphore(MAX_CALLS_IN_FLIGHT);

    PeerLink(final RaftSettings settings, final RaftGroup group) {
        this.bound = settings.timeouts().leaderCall();
        this.client =
                RaftClient.newBuilder()
                        .setRaftGroup(group)
                        .setProperties(RatisProperties.of(settings))
                        .setRetryPolicy(
                                RequestTypeDependentRetryPolicy.newBuilder()
                                        .setRetryPolicy(
                                                TypeCase.READ,
                                                RetryPolicies.retryForeverWithSleep(
                                                        BETWEEN_ATTEMPTS))
                                        .setTimeout(TypeCase.READ, time(bound))
                                        .build())
                        .build();
    }

    /**
     * Asks the leader, whoever it is, and looks for it until the bound. The leader may be asked
     * more than once. Fails with {@link LeaderUnavailable} or {@link LeaderCallFailed}.
     */
    CompletableFuture<byte[]> callLeader(final byte[] request) {
        if (!calls.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new LeaderUnavailable(
                            MAX_CALLS_IN_FLIGHT + " calls to the leader are already in flight",
                            new IOException("call not sent")));
        }
        return client.async()
                .sendReadOnlyUnordered(Message.valueOf(ByteString.copyFrom(request)))
                .orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((reply, failure) -> calls.release())
                .exceptionally(failure -> unavailable(failure))
                .thenApply(reply -> PeerAnswer.read(reply.getMessage()));
    }

    private RaftClientReply unavailable(final Throwable failure) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        throw new LeaderUnavailable(
                "no leader answered within " + bound.toMillis() + " ms; retry", cause);
    }

    /** Asks one peer once, waiting for its answer; empty if it gives none in time. */
    Optional<byte[]> ask(final String peerId, final PeerQuestion question, final Duration wait) {
        final RaftPeerId peer = RaftPeerId.valueOf(peerId);
        final RaftClientRequest request =
                RaftClientRequest.newBuilder()
                        .setClientId(client.getId())
                        .setServerId(peer)
                        .setGroupId(client.getGroupId())
                        .setCallId(CallId.getAndIncrement())
                        .setMessage(Message.valueOf(ByteString.copyFrom(question.encode())))
                        .setType(RaftClientRequest.staleReadRequestType(0))
                        .setTimeoutMs(wait.toMillis())
                        .build();
        try {
            final RaftClientReply reply = client.getClientRpc().sendRequest(request);
            if (reply.getException() != null) {
                throw reply.getException();
            }
            return Optional.of(PeerAnswer.read(reply.getMessage()));
        } catch (final IOException | LeaderCallFailed e) {
            LOG.info("{} did not answer {}: {}", peerId, question, e.toString());
            // A channel that failed backs off for minutes; the next question begins anew.
            client.getClientRpc().handleException(peer, e, true);
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private static TimeDuration time(final Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The members but one. */
    static List<String> others(final RaftSettings settings) {
        return settings.cluster().members().stream()
                .map(RaftMember::peerId)
                .filter(peerId -> !peerId.equals(settings.peerId()))
                .toList();
    }
}
