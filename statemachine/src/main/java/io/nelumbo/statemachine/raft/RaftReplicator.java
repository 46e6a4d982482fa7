package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.agrona.DirectBuffer;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Submits to this node's own Raft server, which appends on the calling thread. Owned by that one
 * thread: log order is then submit order. Outcomes are completed on the applying thread or on one
 * of Ratis's.
 */
final class RaftReplicator implements Replicator {

    private final RaftClientAsynchronousProtocol log;
    private final DivisionInfo division;
    private final RaftGroupMemberId self;
    private final AppendGate gate;
    private final int maxBatchBytes;

    RaftReplicator(
            final RaftClientAsynchronousProtocol log,
            final DivisionInfo division,
            final RaftGroupMemberId self,
            final AppendGate gate,
            final int maxBatchBytes) {
        this.log = log;
        this.division = division;
        this.self = self;
        this.gate = gate;
        this.maxBatchBytes = maxBatchBytes;
    }

    @Override
    public CompletionStage<SubmitOutcome> submit(
            final long term, final DirectBuffer batch, final int offset, final int length) {
        if (length > maxBatchBytes) {
            return refused("expected at most " + maxBatchBytes + " batch bytes but were " + length);
        }
        if (!division.isLeaderReady() || division.getCurrentTerm() != term) {
            return refused("this node does not lead in term " + term);
        }
        final byte[] copy = new byte[length];
        batch.getBytes(offset, copy);
        final long call = gate.open(term);
        final CompletableFuture<RaftClientReply> reply = append(call, copy);
        if (!gate.passed(call)) {
            return reply.handle(
                    (answer, failure) -> new SubmitOutcome.Refused(why(answer, failure)));
        }
        return reply.handle(RaftReplicator::outcome);
    }

    private CompletableFuture<RaftClientReply> append(final long call, final byte[] batch) {
        try {
            return log.submitClientRequestAsync(
                    RaftClientRequest.newBuilder()
                            .setClientId(gate.clientId())
                            .setServerId(self.getPeerId())
                            .setGroupId(self.getGroupId())
                            .setCallId(call)
                            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(batch)))
                            .setType(RaftClientRequest.writeRequestType())
                            .build());
        } catch (final IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static SubmitOutcome outcome(
            final @Nullable RaftClientReply reply, final @Nullable Throwable failure) {
        if (reply != null && reply.isSuccess()) {
            return new SubmitOutcome.Committed(reply.getLogIndex());
        }
        return new SubmitOutcome.Unknown(why(reply, failure));
    }

    private static String why(
            final @Nullable RaftClientReply reply, final @Nullable Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return failure.getCause().toString();
        }
        return failure != null ? failure.toString() : String.valueOf(reply);
    }

    private static CompletionStage<SubmitOutcome> refused(final String reason) {
        return CompletableFuture.completedFuture(new SubmitOutcome.Refused(reason));
    }
}
