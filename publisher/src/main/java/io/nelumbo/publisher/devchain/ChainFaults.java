package io.nelumbo.publisher.devchain;

/**
 * What goes wrong, by probability (0 to 1) for each pushed message, drawn from a seed.
 *
 * @param drop the answer never comes; the message is taken or not with equal probability
 * @param refuse answered with an error that says nothing of the message
 * @param forget answered with success, and forgotten
 * @param delayMs every push is answered this much later
 */
public record ChainFaults(double drop, double refuse, double forget, long delayMs, long seed) {

    /** Nothing goes wrong. */
    public static final ChainFaults NONE = new ChainFaults(0, 0, 0, 0, 0);

    public ChainFaults {
        requireProbability("drop", drop);
        requireProbability("refuse", refuse);
        requireProbability("forget", forget);
        if (delayMs < 0 || delayMs > 60_000) {
            throw new IllegalArgumentException("expected delayMs in 0..60000 but was " + delayMs);
        }
    }

    private static void requireProbability(final String name, final double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("expected " + name + " in 0..1 but was " + value);
        }
    }
}
