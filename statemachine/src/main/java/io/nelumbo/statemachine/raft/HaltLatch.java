package io.nelumbo.statemachine.raft;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passes the first halt on and remembers it, so that nothing is applied after it even where the
 * process survives, as in a test. Any thread.
 */
final class HaltLatch implements Halt {

    private final Halt halt;
    private final AtomicBoolean halted = new AtomicBoolean();

    HaltLatch(final Halt halt) {
        this.halt = halt;
    }

    @Override
    public void halt(final String why, final @Nullable Throwable cause) {
        if (halted.compareAndSet(false, true)) {
            halt.halt(why, cause);
        }
    }

    boolean isHalted() {
        return halted.get();
    }
}
