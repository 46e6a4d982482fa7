package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.ratis.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * Answers the other replicas: calls to the leader go to the listener, questions about this node's
 * own journal, log and memory are answered here. Any thread.
 */
final class PeerDesk {

    private static final int MAX_BUNDLE_BYTES = 8 << 20;

    private final Journal journal;
    private final SeenMembers seen;
    private final ReplicaListener listener;
    private final Supplier<LastEntry> lastEntry;

    PeerDesk(
            final Journal journal,
            final SeenMembers seen,
            final ReplicaListener listener,
            final Supplier<LastEntry> lastEntry) {
        this.journal = journal;
        this.seen = seen;
        this.listener = listener;
        this.lastEntry = lastEntry;
    }

    /** Never fails: the reason of a failure travels as an answer. */
    CompletableFuture<Message> leaderCall(final byte[] request) {
        try {
            return listener.onLeaderCall(request).handle(PeerDesk::answer);
        } catch (final RuntimeException e) {
            return CompletableFuture.completedFuture(PeerAnswer.failed(e));
        }
    }

    /** Never fails, likewise. */
    CompletableFuture<Message> question(final byte[] bytes) {
        try {
            return CompletableFuture.completedFuture(
                    PeerAnswer.answered(answerTo(PeerQuestion.decode(bytes))));
        } catch (final RuntimeException e) {
            return CompletableFuture.completedFuture(PeerAnswer.failed(e));
        }
    }

    private byte[] answerTo(final PeerQuestion question) {
        if (question instanceof PeerQuestion.RecordsAfter after) {
            final int maxBytes = Math.max(1, Math.min(after.maxBytes(), MAX_BUNDLE_BYTES));
            return RecordBundle.encode(journal.recordsAfter(after.raftIndex(), maxBytes));
        }
        if (question instanceof PeerQuestion.WhichLastEntry) {
            return lastEntry.get().encode();
        }
        final PeerQuestion.HasSeen hasSeen = (PeerQuestion.HasSeen) question;
        return new byte[] {(byte) (seen.contains(hasSeen.peerId()) ? 1 : 0)};
    }

    private static Message answer(
            final byte @Nullable [] answer, final @Nullable Throwable failure) {
        if (answer != null) {
            return PeerAnswer.answered(answer);
        }
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return PeerAnswer.failed(failure.getCause());
        }
        return PeerAnswer.failed(
                failure != null ? failure : new IllegalStateException("the answer was null"));
    }
}
