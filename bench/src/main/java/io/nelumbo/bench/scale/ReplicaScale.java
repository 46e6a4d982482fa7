package io.nelumbo.bench.scale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.bench.stage.SteadyLoad;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.raft.SubmitOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fills a replica's folder with a journal of some size: real batches through the real Raft log, of
 * eight accounts whose messages are confirmed at once, with a million request ids kept. The process
 * then ends as one that is killed. The main thread.
 */
final class ReplicaScale {

    private static final int ACCOUNTS = 8;
    private static final long RETAINED_IDS = 1 << 20;
    private static final int IN_FLIGHT = 64;

    private ReplicaScale() {}

    static void write(final Path folder, final long journalBytes)
            throws IOException, InterruptedException {
        final LoneReplica replica = LoneReplica.open(folder);
        replica.awaitLeading();
        if (replica.node().term() != SteadyLoad.TERM) {
            throw new IllegalStateException("expected a new folder but its term is not the first");
        }
        final SteadyLoad load = new SteadyLoad(ACCOUNTS, true, RETAINED_IDS);
        final Semaphore room = new Semaphore(IN_FLIGHT);
        final AtomicReference<@Nullable SubmitOutcome> refused = new AtomicReference<>();
        final long beganNs = System.nanoTime();
        long bytes = 0;
        long batches = 0;
        while (bytes < journalBytes && refused.get() == null) {
            room.acquire();
            final BatchDecoder batch = load.next();
            bytes += batch.length();
            batches++;
            final var unused =
                    replica.node()
                            .replicator()
                            .submit(SteadyLoad.TERM, batch.buffer(), 0, batch.length())
                            .thenAccept(
                                    outcome -> {
                                        if (!(outcome instanceof SubmitOutcome.Committed)) {
                                            refused.set(outcome);
                                        }
                                        room.release();
                                    });
        }
        room.acquire(IN_FLIGHT);
        if (refused.get() != null) {
            throw new IllegalStateException("expected a commit but was " + refused.get());
        }
        replica.journal().force();
        Scale.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("batches", batches)
                        .put("journalBytes", bytes)
                        .put("messages", load.messages())
                        .put("writingS", (System.nanoTime() - beganNs) / 1e9));
        // As a killed process ends: no last snapshot.
        Runtime.getRuntime().halt(0);
    }
}
