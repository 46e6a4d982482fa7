package io.nelumbo.statemachine.raft;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps the reasons instead of ending the process. */
final class RecordingHalt implements Halt {

    final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void halt(final String why, final @Nullable Throwable cause) {
        reasons.add(why);
    }

    boolean isHalted() {
        return !reasons.isEmpty();
    }
}
