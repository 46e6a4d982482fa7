package io.nelumbo.publisher.pipeline;

/**
 * Told when an epoch of ours begins and ends, on one thread of the pipeline: for each term first
 * opened, then closed, and closed before the next is opened. An epoch that ended before it could
 * open is not mentioned. Return soon: leadership changes wait behind it.
 */
public interface EpochListener {

    /**
     * Our own {@code EpochOpened} is applied: the ledger is the whole truth about every earlier
     * epoch, and only this pipeline's batches change it from here on.
     */
    void epochOpened(long term);

    /** This epoch is over for us. Batches of it that were in flight may still be applied. */
    void epochClosed(long term);
}
