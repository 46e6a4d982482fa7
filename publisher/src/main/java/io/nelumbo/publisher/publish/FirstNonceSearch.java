package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}: asks all upstreams what an account opens at, and asks
 * again for a while where they do not agree. Those that do not answer are not waited for beyond
 * their timeout, and too few that do end it at once.
 *
 * <p>An account of which every tipset has a message never agrees at one look: the messages of the
 * newest tipset stand neither in the state nor in the pool. They did stand in the pool before, so
 * what a pool has shown counts until the search ends, and the first new tipset settles it.
 */
final class FirstNonceSearch {

    /** Once the head has come so far, what is still disputed does not pass by itself. */
    private static final int MAX_TIPSETS = 2;

    /** For a chain that stands still: a minute, with the usual interval of 5 s. */
    private static final int MAX_TRIES = 13;

    private final Address address;
    private final Upstreams upstreams;
    private final Ports ports;
    private final Consumer<FirstNonce> then;
    private final Map<Integer, Set<Long>> shown = new HashMap<>();
    private long firstHeight = -1;
    private int tries;
    private boolean closed;
    private PublishLoop.@Nullable Timer nextTry;

    FirstNonceSearch(
            final Address address,
            final Upstreams upstreams,
            final Ports ports,
            final Consumer<FirstNonce> then) {
        this.address = address;
        this.upstreams = upstreams;
        this.ports = ports;
        this.then = then;
    }

    /** Asks, and tells what came of it later; nothing after {@link #close}. */
    void ask() {
        nextTry = null;
        tries++;
        upstreams.askAll(
                upstream -> upstream.nextNonce(address),
                nexts ->
                        upstreams.askAll(
                                upstream -> upstream.executedNonce(address, 0),
                                executed -> told(nexts, executed)));
    }

    void close() {
        closed = true;
        ports.loop().cancel(nextTry);
    }

    private void told(final List<Answer<Long>> nexts, final List<Answer<NonceAtHeight>> executed) {
        final Map<Integer, AccountView> views = new TreeMap<>();
        for (int i = 0; i < nexts.size(); i++) {
            final Long next = value(nexts.get(i));
            final NonceAtHeight used = value(executed.get(i));
            if (next != null && used != null) {
                final String name = upstreams.names().get(i);
                views.put(i, new AccountView(name, used.height(), next, used.nonce(), List.of()));
            }
        }
        if (views.size() < needed()) {
            end(tooFew(views.size(), nexts, executed));
        } else if (views.values().stream().noneMatch(AccountView::needsPending)) {
            judge(List.copyOf(views.values()));
        } else {
            // A whole pool is much to read: only where something has to be shown.
            upstreams.askAll(
                    upstream -> upstream.pendingNonces(address),
                    pending -> judge(withPools(views, pending)));
        }
    }

    /** Whoever does not tell its pool shows nothing new. */
    private List<AccountView> withPools(
            final Map<Integer, AccountView> views, final List<Answer<List<Long>>> pending) {
        final List<AccountView> whole = new ArrayList<>();
        views.forEach(
                (place, view) -> {
                    final Set<Long> nonces = shown.computeIfAbsent(place, p -> new HashSet<>());
                    final List<Long> now = value(pending.get(place));
                    nonces.addAll(now == null ? List.of() : now);
                    whole.add(view.withPending(List.copyOf(nonces)));
                });
        return whole;
    }

    private void judge(final List<AccountView> views) {
        final FirstNonce judged = FirstNonce.of(views, needed());
        final long height = views.stream().mapToLong(AccountView::height).max().orElseThrow();
        firstHeight = firstHeight < 0 ? height : firstHeight;
        if (judged instanceof FirstNonce.Agreed
                || tries >= MAX_TRIES
                || height - firstHeight >= MAX_TIPSETS) {
            end(judged);
        } else if (!closed) {
            nextTry =
                    ports.loop()
                            .after(ports.options().confirming().interval().toNanos(), this::ask);
        }
    }

    private void end(final FirstNonce found) {
        if (!closed) {
            closed = true;
            then.accept(found);
        }
    }

    private int needed() {
        return Math.min(ports.options().confirming().minUpstreams(), upstreams.size());
    }

    private FirstNonce tooFew(
            final int told,
            final List<Answer<Long>> nexts,
            final List<Answer<NonceAtHeight>> executed) {
        final List<String> reasons = new ArrayList<>();
        for (int i = 0; i < nexts.size(); i++) {
            final String name = upstreams.names().get(i);
            if (nexts.get(i) instanceof Answer.NotTold<Long> silent) {
                reasons.add(name + ": " + silent.reason());
            } else if (executed.get(i) instanceof Answer.NotTold<NonceAtHeight> silent) {
                reasons.add(name + ": " + silent.reason());
            }
        }
        return new FirstNonce.Disputed(
                "expected at least "
                        + needed()
                        + " of "
                        + upstreams.size()
                        + " upstreams to tell the account's nonce but "
                        + told
                        + " did: "
                        + String.join("; ", reasons));
    }

    private static <T> @Nullable T value(final Answer<T> answer) {
        return answer instanceof Answer.Told<T> told ? told.value() : null;
    }
}
