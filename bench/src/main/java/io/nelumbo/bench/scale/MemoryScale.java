package io.nelumbo.bench.scale;

import io.nelumbo.bench.process.Waiting;
import io.nelumbo.bench.stage.SteadyLoad;
import io.nelumbo.statemachine.ledger.Ledger;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Heap of ten million unconfirmed messages with as many request ids, and of the ids alone. */
final class MemoryScale {

    private static final long MESSAGES = 10_000_000;
    private static final int SIGNED_BYTES = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(200);

    private MemoryScale() {}

    static void run() throws InterruptedException {
        final double idsOnly = idBytes();
        Scale.print("a request id: %.1f B (goal 100 B)", idsOnly);
        for (final int accounts : new int[] {4, 1000, 1_000_000}) {
            final long before = usedBytes();
            final FullLedger full = new FullLedger(accounts);
            full.fillTo(MESSAGES);
            final double each = bytesEach(before, full.messages(), full);
            Scale.print(
                    "%d accounts: %.1f B for a message of %d B and its request id;"
                            + " the message's own %.1f B (goal payload + 100 B)",
                    accounts, each, SIGNED_BYTES, each - idsOnly - SIGNED_BYTES);
        }
    }

    /** Messages are confirmed at once, but their ids stay; the reorganisation window is noise. */
    private static double idBytes() throws InterruptedException {
        final long before = usedBytes();
        final Ledger ledger = new Ledger();
        final SteadyLoad load = new SteadyLoad(1, true, Long.MAX_VALUE);
        while (load.messages() < MESSAGES) {
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
