package io.nelumbo.bench.scale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.bench.process.Waiting;
import io.nelumbo.bench.stage.SteadyLoad;
import io.nelumbo.statemachine.ledger.Ledger;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Heap of many unconfirmed messages with as many request ids, and of the ids alone. */
final class MemoryScale {

    private static final int MOST_ACCOUNTS_PART = 10;
    private static final int SIGNED_BYTES = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(200);

    private MemoryScale() {}

    /**
     * Runs it: few accounts, a thousand, and so many that each has ten messages. Of each the bytes
     * of a request id, and what a message takes beside its own bytes and its request id.
     */
    static List<ObjectNode> run(final long messages) throws InterruptedException {
        final double idBytes = idBytes(messages);
        final List<ObjectNode> figures = new ArrayList<>();
        for (final long accounts : new long[] {4, 1000, messages / MOST_ACCOUNTS_PART}) {
            final long before = usedBytes();
            final FullLedger full = new FullLedger((int) accounts);
            full.fillTo(messages);
            figures.add(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("accounts", accounts)
                            .put("messages", full.messages())
                            .put("idBytes", idBytes)
                            .put(
                                    "messageBytes",
                                    bytesEach(before, full.messages(), full)
                                            - idBytes
                                            - SIGNED_BYTES));
        }
        return figures;
    }

    /** Messages are confirmed at once, but their ids stay; the reorganisation window is noise. */
    private static double idBytes(final long messages) throws InterruptedException {
        final long before = usedBytes();
        final Ledger ledger = new Ledger();
        final SteadyLoad load = new SteadyLoad(1, true, Long.MAX_VALUE);
        while (load.messages() < messages) {
            ledger.apply(SteadyLoad.TERM, load.next());
        }
        return bytesEach(before, load.messages(), ledger);
    }

    private static double bytesEach(final long before, final long messages, final Object holder)
            throws InterruptedException {
        try {
            return (double) (usedBytes() - before) / messages;
        } finally {
            Reference.reachabilityFence(holder);
        }
    }

    /** When collecting gives nothing back any more. */
    private static long usedBytes() throws InterruptedException {
        final AtomicLong used = new AtomicLong(Long.MAX_VALUE);
        final boolean settled =
                Waiting.until(
                        () -> {
                            final long before = used.get();
                            used.set(usedAfterCollecting());
                            return used.get() >= before;
                        },
                        PATIENCE,
                        BETWEEN_COLLECTIONS);
        if (!settled) {
            throw new IllegalStateException("expected the heap to settle within " + PATIENCE);
        }
        return used.get();
    }

    private static long usedAfterCollecting() {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
