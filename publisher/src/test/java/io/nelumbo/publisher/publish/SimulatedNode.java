package io.nelumbo.publisher.publish;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.pipeline.Commands;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.Offers;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/** Owned by the test: one node, with a ledger and a publisher of its own but no threads. */
final class SimulatedNode implements Commands {

    private final SimulatedCluster cluster;
    private final Ledger ledger = new Ledger();
    private final PublishLoop loop;
    private final Publishing publishing;
    private final BatchDecoder decoder = new BatchDecoder();
    private int applied;
    private boolean frozen;

    SimulatedNode(
            final SimulatedCluster cluster,
            final List<? extends Upstream> upstreams,
            final PublishOptions options,
            final FillPolicy fillPolicy) {
        this.cluster = cluster;
        this.loop = new PublishLoop(cluster.time(), () -> {});
        final List<Upstream> watched =
                upstreams.stream()
                        .<Upstream>map(
                                u -> cluster.checker().watching(u, ledger, options.pushing()))
                        .toList();
        this.publishing =
                new Publishing(
                        Map.of(ChainKind.FILECOIN, watched),
                        new Ports(ledger, new Offers(this, loop), loop, options, fillPolicy));
    }

    Ledger ledger() {
        return ledger;
    }

    Publishing publishing() {
        return publishing;
    }

    PublishLoop loop() {
        return loop;
    }

    int applied() {
        return applied;
    }

    /** A frozen node does nothing, and does not know it: a stopped process. */
    void freeze(final boolean stopped) {
        frozen = stopped;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Applies the next entry of the log. */
    ApplyOutcome apply(final SimulatedCluster.Entry entry) {
        final byte[] bytes = entry.batch();
        decoder.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        final ApplyOutcome outcome = ledger.apply(entry.term(), decoder);
        if (outcome instanceof ApplyOutcome.Applied) {
            applied++;
            publishing.onApplied(decoder);
        }
        return outcome;
    }

    /** Turns until nothing is left to do at this instant. */
    void turn() {
        if (frozen) {
            return;
        }
        do {
            publishing.turn();
        } while (loop.hasPosted() || loop.nextTimerNs() <= loop.nowNs());
    }

    @Override
    public CompletableFuture<CommandOutcome> offer(final Event event) {
        return cluster.offer(this, event);
    }
}
