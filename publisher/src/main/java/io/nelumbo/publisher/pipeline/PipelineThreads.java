package io.nelumbo.publisher.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The pipeline's threads, by name: {@code pipeline-sequencer}, {@code pipeline-signer-n}, {@code
 * pipeline-replicator}, {@code pipeline-epochs}, {@code pipeline-journal-reads}. Daemons, all: the
 * node's life is decided elsewhere, and a pipeline that nobody closed must not keep the process
 * alive. Owned by the thread that opens and closes the pipeline.
 */
final class PipelineThreads {

    private static final long STOP_TIMEOUT_MS = 10_000;

    /**
     * Each leadership makes a handful of tasks that take microseconds; this many waiting mean that
     * the ring stands still although epochs end, which frees it.
     */
    private static final int MAX_CONTROL_TASKS = 1024;

    /** Former receipts that may wait for the disk: each takes it a millisecond at most. */
    static final int MAX_JOURNAL_READS = 1024;

    private final BiConsumer<String, Throwable> fault;
    private final List<Thread> stages = new ArrayList<>();
    private final ThreadPoolExecutor control;
    private final ThreadPoolExecutor journalReads;

    PipelineThreads(final BiConsumer<String, Throwable> fault) {
        this.fault = fault;
        control = oneThread("pipeline-epochs", MAX_CONTROL_TASKS);
        journalReads = oneThread("pipeline-journal-reads", MAX_JOURNAL_READS);
    }

    /** Makes the threads of the stages in the order in which they stand in the ring. */
    ThreadFactory forStages(final int signerThreads) {
        return task -> {
            final int made = stages.size();
            final String name;
            if (made == 0) {
                name = "pipeline-sequencer";
            } else if (made <= signerThreads) {
                name = "pipeline-signer-" + (made - 1);
            } else {
                name = "pipeline-replicator";
            }
            final Thread thread = daemon(task, name);
            stages.add(thread);
            return thread;
        };
    }

    /** Runs tasks one after the other, off Raft's threads; what they throw is a fault. */
    Executor control() {
        return task -> {
            try {
                control.execute(() -> guarded(task));
            } catch (final RejectedExecutionException refused) {
                if (!control.isShutdown()) {
                    fault.accept(
                            "expected at most "
                                    + MAX_CONTROL_TASKS
                                    + " changes of leadership to wait for the ring",
                            refused);
                }
            }
        };
    }

    /** Where the disk is read; refuses what is beyond {@value #MAX_JOURNAL_READS} reads. */
    Executor journalReads() {
        return journalReads;
    }

    /** Lets the reads that wait run, and takes no more. */
    void stopJournalReads() {
        journalReads.shutdown();
        try {
            journalReads.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the tasks that wait run, and takes no more. */
    void stopControl() {
        control.shutdown();
        try {
            if (!control.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                control.shutdownNow();
            }
        } catch (final InterruptedException e) {
            control.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the stages, which were told to halt, are gone. */
    void awaitStages() {
        for (final Thread stage : stages) {
            try {
                stage.join(STOP_TIMEOUT_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void guarded(final Runnable task) {
        try {
            task.run();
        } catch (final RuntimeException | Error e) {
            fault.accept("a change of leadership was not carried out", e);
        }
    }

    private static ThreadPoolExecutor oneThread(final String name, final int maxWaiting) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(maxWaiting),
                task -> daemon(task, name));
    }

    private static Thread daemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
