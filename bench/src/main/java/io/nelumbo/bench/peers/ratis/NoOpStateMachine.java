package io.nelumbo.bench.peers.ratis;

import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;

/** Applies nothing and answers nothing. Ratis's applying thread. */
final class NoOpStateMachine extends BaseStateMachine {

    private final Runnable onLeader;

    /** Calls {@code onLeader} each time this member has come to lead and is ready. */
    NoOpStateMachine(final Runnable onLeader) {
        this.onLeader = onLeader;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(final TransactionContext transaction) {
        final LogEntryProto entry = transaction.getLogEntry();
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public void notifyLeaderReady() {
        onLeader.run();
    }

    @Override
    public void notifyLeaderChanged(final RaftGroupMemberId member, final RaftPeerId newLeader) {}
}
