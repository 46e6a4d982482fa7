package io.nelumbo.publisher.node;

import io.nelumbo.publisher.pipeline.EpochListener;
import io.nelumbo.publisher.publish.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * Passes epochs from the pipeline to the publisher, which offers its findings to the pipeline and
 * so is made after it. Set once before the replica starts; no epoch opens earlier.
 */
final class EpochRelay implements EpochListener {
    private final Runnable opened;
    private volatile @Nullable Publisher publisher;

    /**
     * @param opened is run at the beginning of each epoch of ours; returns at once
     */
    EpochRelay(final Runnable opened) {
        this.opened = opened;
    }

    void arrive(final Publisher started) {
        publisher = started;
    }

    @Override
    public void epochOpened(final long term) {
        present().epochOpened(term);
        opened.run();
    }

    @Override
    public void epochClosed(final long term) {
        present().epochClosed(term);
    }

    private Publisher present() {
        final Publisher there = publisher;
        if (there == null) {
            throw new IllegalStateException("expected no epoch before the publisher is there");
        }
        return there;
    }
}
