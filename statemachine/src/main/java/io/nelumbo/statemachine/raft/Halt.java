package io.nelumbo.statemachine.raft;

import org.jspecify.annotations.Nullable;

/**
 * Ends the process after an I/O error or a broken invariant (I11). A port, so that a test can watch
 * it: the caller must not go on after it, even where the call returns.
 */
public interface Halt {

    /**
     * Ends the process. Any thread; only the first call counts.
     *
     * @param why what was found, and what the operator does next
     * @param cause what was thrown, or null if nothing was
     */
    void halt(String why, @Nullable Throwable cause);
}
