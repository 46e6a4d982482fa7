package io.nelumbo.publisher.api.upstream;

import io.nelumbo.publisher.chain.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows which upstreams are healthy, from looking at their heads now and then and from what became
 * of calls. Any thread; upstreams are named by their place in the configuration.
 */
public final class UpstreamWatch {
    /**
     * Nodes in step differ by an epoch or two, while a block travels; more than five (two and a
     * half minutes) is a node that syncs or has lost the network, and whoever acts on its word may
     * be late.
     */
    public static final long MAX_LAG_EPOCHS = 5;

    /** Between two looks, and for an answer. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private final List<Upstream> upstreams;
    private final LongSupplier clockNs;
    private final Watched[] watched;

    /**
     * @param upstreams the preferred one first
     * @param clockNs as {@code System::nanoTime}
     */
    public UpstreamWatch(final List<Upstream> upstreams, final LongSupplier clockNs) {
        this.upstreams = List.copyOf(upstreams);
        this.clockNs = clockNs;
        this.watched = new Watched[upstreams.size()];
        Arrays.setAll(watched, place -> new Watched());
    }

    /** Asks each upstream for its head; completes when all have answered or had their time. */
    public CompletableFuture<Void> look() {
        final CompletableFuture<?>[] looks = new CompletableFuture<?>[watched.length];
        Arrays.setAll(looks, this::look);
        return CompletableFuture.allOf(looks);
    }

    /** How each stands, in the order of the configuration. */
    public List<UpstreamState> states() {
        final long nowNs = clockNs.getAsLong();
        final long best =
                Arrays.stream(watched).mapToLong(Watched::heightIfReachable).max().orElse(-1);
        final List<UpstreamState> states = new ArrayList<>(watched.length);
        for (int place = 0; place < watched.length; place++) {
            states.add(watched[place].state(upstreams.get(place).name(), best, nowNs));
        }
        return states;
    }

    /** Whether any answered when last asked. */
    public boolean isReachable() {
        return Arrays.stream(watched).anyMatch(one -> one.heightIfReachable() >= 0);
    }

    /** The healthy ones, the preferred one first. */
    public List<Integer> healthy() {
        return places(states(), true);
    }

    /** All: the healthy ones first, because a push needs an answer more than a good one. */
    public List<Integer> healthyFirst() {
        final List<UpstreamState> states = states();
        final List<Integer> all = new ArrayList<>(places(states, true));
        all.addAll(places(states, false));
        return all;
    }

    /**
     * Asks to call an upstream now; false when it is broken and another call is just trying it.
     *
     * @param mayTry whether this call may be the one that tries
     */
    public boolean enter(final int place, final boolean mayTry) {
        final Circuit circuit = watched[place].circuit;
        return (mayTry || !circuit.isOnTrial()) && circuit.enter(clockNs.getAsLong());
    }

    /** An upstream answered, be it with no. */
    public void answered(final int place) {
        watched[place].answered(clockNs.getAsLong());
    }

    /** An upstream broke off, or what it answered was no answer. */
    public void failed(final int place, final String why) {
        watched[place].failed(why, clockNs.getAsLong());
    }

    /**
     * A call to an upstream had no answer in time. That says nothing about the upstream if it
     * answered others meanwhile: whoever asks for what takes long must not keep everybody away.
     *
     * @param sinceNs when the call began
     */
    public void silent(final int place, final String why, final long sinceNs) {
        if (watched[place].answeredBefore(sinceNs)) {
            failed(place, why);
        }
    }

    /** Now, by the clock that {@link #silent} goes by. */
    public long nowNs() {
        return clockNs.getAsLong();
    }

    private CompletableFuture<Void> look(final int place) {
        // Through a future, so that what is thrown counts as no answer, too.
        return CompletableFuture.completedFuture(upstreams.get(place))
                .thenCompose(Upstream::headHeight)
                .orTimeout(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (height, failure) -> {
                            watched[place].looked(height, failure, clockNs.getAsLong());
                            return null;
                        });
    }

    private static List<Integer> places(final List<UpstreamState> states, final boolean healthy) {
        final List<Integer> places = new ArrayList<>(states.size());
        for (int place = 0; place < states.size(); place++) {
            if (states.get(place).isHealthy() == healthy) {
                places.add(place);
            }
        }
        return places;
    }

    /** One upstream. Guarded by its own lock. */
    private static final class Watched {
        private static final long UNKNOWN = -1;

        private final Circuit circuit = new Circuit();
        private boolean reachable = true;
        private long height = UNKNOWN;
        private boolean everAnswered;
        private long lastAnswerNs;
        private String lastFailure = "";

        synchronized void looked(
                final @Nullable Long head, final @Nullable Throwable failure, final long nowNs) {
            reachable = head != null;
            height = head != null ? head : UNKNOWN;
            if (head != null) {
                everAnswered = true;
                lastAnswerNs = nowNs;
            } else {
                lastFailure = "no head: " + failure;
            }
        }

        synchronized void answered(final long nowNs) {
            everAnswered = true;
            lastAnswerNs = nowNs;
            circuit.succeeded();
        }

        synchronized void failed(final String why, final long nowNs) {
            lastFailure = why;
            circuit.failed(nowNs);
        }

        synchronized boolean answeredBefore(final long sinceNs) {
            return !everAnswered || lastAnswerNs - sinceNs < 0;
        }

        synchronized long heightIfReachable() {
            return reachable ? height : UNKNOWN;
        }

        synchronized UpstreamState state(final String name, final long best, final long nowNs) {
            final boolean known = reachable && height >= 0;
            return new UpstreamState(
                    name,
                    reachable,
                    known ? height : UNKNOWN,
                    known ? best - height : 0,
                    circuit.isOpen(nowNs),
                    lastFailure);
        }
    }
}
