package io.nelumbo.publisher.publish.upstream;

import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.PublishOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Owned by the thread {@code publisher}: the upstreams of one chain, the preferred one first. */
public final class Upstreams {

    private final PublishLoop loop;
    private final List<UpstreamLine> lines;

    public Upstreams(
            final List<Upstream> upstreams, final PublishLoop loop, final PublishOptions options) {
        this.loop = loop;
        this.lines = upstreams.stream().map(u -> new UpstreamLine(u, loop, options)).toList();
    }

    public int size() {
        return lines.size();
    }

    /** Of each, in the order of answers. */
    public List<String> names() {
        return lines.stream().map(UpstreamLine::name).toList();
    }

    public List<UpstreamStatus> status() {
        return lines.stream().map(UpstreamLine::status).toList();
    }

    /** The first that is not cooling down, or null. */
    public @Nullable UpstreamLine preferred() {
        return firstReady(0);
    }

    /** The first that is not cooling down, beginning behind a line; that line itself comes last. */
    public @Nullable UpstreamLine behind(final @Nullable UpstreamLine line) {
        return firstReady(line == null ? 0 : lines.indexOf(line) + 1);
    }

    /** How long until one of them may be used, at least 1 ns; null if there are none at all. */
    public @Nullable Long untilReadyNs() {
        if (lines.isEmpty()) {
            return null;
        }
        final long readyNs =
                lines.stream().mapToLong(UpstreamLine::coolUntilNs).min().orElseThrow();
        return Math.max(1, readyNs - loop.nowNs());
    }

    /** Asks all of them; the answers stand in their order, and come when all are in. */
    public <T> void askAll(
            final Function<Upstream, CompletableFuture<T>> question,
            final Consumer<List<Answer<T>>> then) {
        if (lines.isEmpty()) {
            loop.after(0, () -> then.accept(List.of()));
            return;
        }
        final Survey<T> survey = new Survey<>(lines.size(), then);
        for (int i = 0; i < lines.size(); i++) {
            final int place = i;
            lines.get(i).ask(question, answer -> survey.answered(place, answer));
        }
    }

    private @Nullable UpstreamLine firstReady(final int from) {
        for (int i = 0; i < lines.size(); i++) {
            final UpstreamLine line = lines.get((from + i) % lines.size());
            if (!line.isCooling()) {
                return line;
            }
        }
        return null;
    }

    /** Collects one answer of each. */
    private static final class Survey<T> {
        private final List<Answer<T>> answers;
        private final Consumer<List<Answer<T>>> then;
        private int missing;

        Survey(final int asked, final Consumer<List<Answer<T>>> then) {
            this.answers = new ArrayList<>(asked);
            this.then = then;
            this.missing = asked;
            for (int i = 0; i < asked; i++) {
                answers.add(new Answer.NotTold<>("not asked yet"));
            }
        }

        void answered(final int place, final Answer<T> answer) {
            answers.set(place, answer);
            missing--;
            if (missing == 0) {
                then.accept(List.copyOf(answers));
            }
        }
    }
}
