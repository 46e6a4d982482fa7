package io.nelumbo.statemachine.raft;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passes the first halt on and remembers it, so that nothing is applied after it even where the
 * process survives, as in a test. Any thread.
 */
final class HaltLatch implements Halt {

    private final Halt halt;
    private final Ending ending;
    private final AtomicBoolean halted = new AtomicBoolean();

    HaltLatch(final Halt halt, final Ending ending) {
        this.halt = halt;
        this.ending = ending;
    }

    @Override
    public void halt(final String why, final @Nullable Throwable cause) {
        if (halted.compareAndSet(false, true)) {
            ending.halt();
            halt.halt(why, cause);
        }
    }

    boolean isHalted() {
        return halted.get();
    }
}
