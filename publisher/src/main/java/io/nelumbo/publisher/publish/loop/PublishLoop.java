package io.nelumbo.publisher.publish.loop;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}, which calls {@link #turn} again and again; only {@link
 * #post} is for other threads. It has no thread of its own, so that a simulation can turn it under
 * a clock of its own.
 *
 * <p>Whoever waits here waits with a deadline: an answer that finds the mailbox full is lost, and
 * counts as not given.
 */
public final class PublishLoop {

    /** Answers that may wait for the next turn. */
    static final int MAX_POSTED = 16_384;

    /** Timers that one turn runs at most, so that no turn is endless. */
    private static final int MAX_TIMERS_PER_TURN = 4_096;

    private final PublishClock clock;
    private final Runnable wake;
    private final ManyToOneConcurrentArrayQueue<Runnable> posted =
            new ManyToOneConcurrentArrayQueue<>(MAX_POSTED);
    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::atNs).thenComparingLong(Timer::id));
    private long timersMade;

    /**
     * @param wake called by any thread that posts, after it has posted
     */
    public PublishLoop(final PublishClock clock, final Runnable wake) {
        this.clock = clock;
        this.wake = wake;
    }

    public long nowNs() {
        return clock.monotonicNs();
    }

    /** Has work done in a later turn; false if the mailbox is full. Any thread. */
    public boolean post(final Runnable work) {
        final boolean taken = posted.offer(work);
        wake.run();
        return taken;
    }

    /** Has work done in a turn at least {@code delayNs} from now. */
    public Timer after(final long delayNs, final Runnable work) {
        final Timer timer = new Timer(nowNs() + delayNs, timersMade++, work);
        timers.add(timer);
        return timer;
    }

    /** Forgets a timer; one that is done already, or null, is no matter. */
    public void cancel(final @Nullable Timer timer) {
        if (timer != null) {
            timers.remove(timer);
        }
    }

    /** Brings what a future comes to into a turn, once; not told if it takes longer. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback only posts, and that cannot fail
    public <T> void await(
            final CompletableFuture<T> future,
            final long timeoutNs,
            final Consumer<Answer<T>> then) {
        final Awaited<T> awaited = new Awaited<>(then);
        final Timer deadline =
                after(
                        timeoutNs,
                        () ->
                                awaited.end(
                                        new Answer.NotTold<>(
                                                "no answer within "
                                                        + timeoutNs / 1_000_000
                                                        + " ms")));
        future.whenComplete(
                (value, failure) -> {
                    final Answer<T> answer =
                            failure == null
                                    ? new Answer.Told<>(value)
                                    : new Answer.NotTold<>(reasonOf(failure));
                    post(
                            () -> {
                                cancel(deadline);
                                awaited.end(answer);
                            });
                });
    }

    /** Does what was posted and what is due. */
    public void turn() {
        for (int i = 0; i < MAX_POSTED; i++) {
            final Runnable work = posted.poll();
            if (work == null) {
                break;
            }
            work.run();
        }
        final long nowNs = nowNs();
        for (int i = 0; i < MAX_TIMERS_PER_TURN; i++) {
            if (timers.isEmpty() || timers.first().atNs() > nowNs) {
                return;
            }
            final Timer due = timers.first();
            timers.remove(due);
            due.work().run();
        }
    }

    /** Whether something was posted that no turn has done yet. Any thread. */
    public boolean hasPosted() {
        return !posted.isEmpty();
    }

    /** When the next timer is due; {@code Long.MAX_VALUE} if there is none. */
    public long nextTimerNs() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.first().atNs();
    }

    private static String reasonOf(final Throwable failure) {
        final Throwable cause = failure.getCause();
        final Throwable told =
                failure instanceof CompletionException && cause != null ? cause : failure;
        final String message = told.getMessage();
        return message == null ? told.getClass().getSimpleName() : message;
    }

    /** Work for later. */
    public record Timer(long atNs, long id, Runnable work) {}

    /** The first of answer and deadline ends it; the other comes too late. */
    private static final class Awaited<T> {
        private @Nullable Consumer<Answer<T>> then;

        Awaited(final Consumer<Answer<T>> then) {
            this.then = then;
        }

        void end(final Answer<T> answer) {
            final Consumer<Answer<T>> first = then;
            then = null;
            if (first != null) {
                first.accept(answer);
            }
        }
    }
}
