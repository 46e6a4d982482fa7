package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;

/** Our own {@code EpochOpened} on its way: when it is applied, sequencing begins. Immutable. */
record PendingEpoch(Epoch epoch, String leader, Epochs epochs) implements Pending {

    @Override
    public boolean appendTo(final BatchEncoder encoder) {
        return encoder.append(new Event.EpochOpened(epoch.term(), leader));
    }

    @Override
    public void committed(final long term, final long sequence) {
        epochs.opened(epoch);
    }

    @Override
    public void notSubmitted() {
        // The epoch has ended before it opened, and nobody was told of it.
    }

    @Override
    public void unknown(final String why) {
        // Likewise. If it is applied later, it opens an epoch that nobody sequences in.
    }
}
