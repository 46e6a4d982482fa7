package io.nelumbo.publisher.pipeline;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * What the replicator tells the sequencer about the nonces that it had to decide otherwise: by how
 * much the account's head moved against what the sequencer had counted. From the replicator thread
 * to the sequencer thread.
 *
 * <p>Why differences, not absolute heads: slots that were numbered before the correction arrives
 * are still between the two, and only a difference is right whatever their number. For each account
 * and at any time: {@code sequencer's head == replicator's head + slots between them + corrections
 * not yet taken}, with the sign turned. So once the pipe is empty, the heads are equal.
 *
 * <p>Why it cannot be full: each slot makes one correction at most, and the sequencer takes all of
 * them before each slot. Those that it has not taken come from slots that were between the two when
 * it looked last, and no more than a ring of slots can be.
 */
final class Corrections {

    private final OneToOneConcurrentArrayQueue<Correction> queue;

    Corrections(final int ringSize) {
        queue = new OneToOneConcurrentArrayQueue<>(ringSize);
    }

    void tell(final Epoch epoch, final int accountId, final int headMovedBy) {
        if (!queue.offer(new Correction(epoch, accountId, headMovedBy))) {
            throw new IllegalStateException(
                    "expected room for a correction of account "
                            + accountId
                            + " but "
                            + queue.capacity()
                            + " are waiting");
        }
    }

    void takeInto(final Heads heads, final Epoch current) {
        if (queue.isEmpty()) {
            return;
        }
        queue.drain(
                correction -> {
                    // A correction of an earlier epoch is about heads that are forgotten.
                    if (correction.epoch == current) {
                        heads.move(correction.accountId, correction.headMovedBy);
                    }
                });
    }

    private record Correction(Epoch epoch, int accountId, int headMovedBy) {}
}
