package io.nelumbo.statemachine.raft;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why and ends the process at once, with exit code {@value #EXIT_CODE} and without shutdown
 * hooks: whatever they would still write can only make things worse (I11). Any thread.
 */
public final class ProcessHalt implements Halt {

    /** EX_SOFTWARE of sysexits.h: found broken, do not restart blindly. */
    public static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessHalt.class);

    @Override
    public void halt(final String why, final @Nullable Throwable cause) {
        try {
            LOG.error("halting: {}", why, cause);
            // Once more without the logging library: it may be what is broken, or asynchronous.
            System.err.println("halting: " + why + (cause == null ? "" : ": " + cause));
            System.err.flush();
            System.out.flush();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
