package io.nelumbo.bench.scale;

import io.nelumbo.bench.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How long from exec until a replica leads on a large journal, twice: as it was left, and after it
 * was closed in order. The main thread.
 */
final class StartScale {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StartScale() {}

    static void run(final Path folder) throws IOException {
        start(folder, "as it was left");
        start(folder, "after closing in order");
    }

    private static void start(final Path folder, final String how) throws IOException {
        final long beganNs = System.nanoTime();
        try (ChildJvm child =
                ChildJvm.start("replica", ReplicaStart.class, List.of(folder.toString()), folder)) {
            final String[] said = child.await(ReplicaStart.LEADING, PATIENCE).split(" ", -1);
            Scale.print(
                    "%s: leads %.2f s after exec (goal 5 s), the journal open in %s s;"
                            + " at Raft index %s, sequence %s",
                    how, (System.nanoTime() - beganNs) / 1e9, said[0], said[1], said[2]);
            child.say("close");
            final String unused = child.await(ReplicaStart.CLOSED, PATIENCE);
        }
    }
}
