package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps what a replica says. */
final class RecordingListener implements ReplicaListener {

    record Applied(long raftTerm, long raftIndex, long firstSequence, ApplyOutcome outcome) {}

    static final Function<byte[], CompletableFuture<byte[]>> ECHO =
            request -> CompletableFuture.completedFuture(request);

    final List<Applied> applied = new CopyOnWriteArrayList<>();
    final List<Long> malformed = new CopyOnWriteArrayList<>();
    final List<Long> led = new CopyOnWriteArrayList<>();
    final List<String> leaders = new CopyOnWriteArrayList<>();
    volatile int lost;
    volatile boolean failing;
    volatile Function<byte[], CompletableFuture<byte[]>> onCall = ECHO;

    @Override
    public void onLeading(final long term) {
        led.add(term);
    }

    @Override
    public void onLeadershipLost() {
        lost++;
    }

    @Override
    public void onLeaderChanged(final String leaderPeerId) {
        leaders.add(leaderPeerId);
    }

    @Override
    public void onApplied(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final ApplyOutcome outcome) {
        if (failing) {
            throw new IllegalStateException("the test's listener is broken");
        }
        applied.add(new Applied(raftTerm, raftIndex, batch.firstSequence(), outcome));
    }

    @Override
    public void onMalformed(final long raftTerm, final long raftIndex, final String reason) {
        malformed.add(raftIndex);
    }

    @Override
    public CompletableFuture<byte[]> onLeaderCall(final byte[] request) {
        return onCall.apply(request);
    }

    List<Applied> rejected() {
        return applied.stream()
                .filter(batch -> batch.outcome() instanceof ApplyOutcome.Rejected)
                .toList();
    }
}
