package io.nelumbo.publisher.chain.filecoin;

import java.io.IOException;

/** The native code that keys and signatures need. Any thread. */
public final class NativeCurves {
    private NativeCurves() {}

    /**
     * Loads it, unless that was done before. Whoever serves keys calls it first: a machine that
     * does not let it be loaded would sign nothing, and find out with the first message.
     *
     * @throws IOException what stands in the way, and what to do
     */
    public static void load() throws IOException {
        try {
            LibSecp256k1.load();
        } catch (final ExceptionInInitializerError | NoClassDefFoundError e) {
            // The second only says that the first was thrown before, in its cause.
            throw new IOException(rootCause(e), e);
        }
    }

    private static String rootCause(final Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
