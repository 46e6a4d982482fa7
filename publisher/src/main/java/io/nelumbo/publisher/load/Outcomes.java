package io.nelumbo.publisher.load;

/**
 * Takes what became of messages: each is told once, on any thread, in any order, alone or together
 * with its neighbours. Nothing blocks. What comes after the load's patience is over is ignored.
 */
public interface Outcomes {

    /** The system under test answers for these from now on. */
    void acknowledged(long first, int count);

    /**
     * They certainly have no effect.
     *
     * @param reason the same text for the same reason: they are counted by it, the first {@value
     *     Reasons#MAX_REASONS} apart and all others together
     */
    void refused(long first, int count, String reason);

    /** They may have had an effect, and nobody can tell. */
    void unknown(long first, int count);
}
