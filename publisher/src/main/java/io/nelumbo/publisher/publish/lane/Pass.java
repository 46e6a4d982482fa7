package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.publish.upstream.UpstreamLine;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}: which upstream a lane keeps to, when it begins anew, and
 * where.
 *
 * <p>A pass begins at the first nonce that the chain has not executed. A new one is due when the
 * upstream changes, when bytes were replaced or confirmations undone, and after every rebroadcast
 * interval. A pass that follows one without a new confirmation trusts nobody: it begins at the
 * first unconfirmed nonce, at another upstream.
 */
final class Pass {

    private final Upstreams upstreams;
    private @Nullable UpstreamLine line;
    private boolean due = true;
    private boolean fromConfirmed;
    private boolean elsewhere;

    Pass(final Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** The upstream of this pass, or null before the first. */
    @Nullable UpstreamLine line() {
        return line;
    }

    String upstreamName() {
        final UpstreamLine current = line;
        return current == null ? "" : current.name();
    }

    /** Whether nothing more may be pushed in this pass. */
    boolean isOver() {
        final UpstreamLine current = line;
        return due || current == null || current.isCooling();
    }

    /** A new pass is due. */
    void end() {
        due = true;
    }

    /** A new pass is due, and it begins at the first unconfirmed nonce. */
    void endAndStartOver() {
        due = true;
        fromConfirmed = true;
    }

    /** A new pass is due, at another upstream if there is one. */
    void endAndGoElsewhere() {
        due = true;
        elsewhere = true;
    }

    /** Begins a pass if an upstream may be used now; else null, and it stays due. */
    @Nullable Start begin() {
        final UpstreamLine chosen = elsewhere ? upstreams.behind(line) : upstreams.preferred();
        if (chosen == null) {
            return null;
        }
        final Start start = new Start(chosen, fromConfirmed);
        line = chosen;
        due = false;
        elsewhere = false;
        fromConfirmed = false;
        return start;
    }

    /**
     * How a pass begins.
     *
     * @param fromConfirmed at the first unconfirmed nonce, whatever the upstream has executed
     */
    record Start(UpstreamLine line, boolean fromConfirmed) {}
}
