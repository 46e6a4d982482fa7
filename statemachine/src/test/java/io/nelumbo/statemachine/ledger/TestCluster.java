package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Gives a ledger batches with the header that it expects, and keeps those that it applied. */
public final class TestCluster {

    private static final long SECOND_NS = 1_000_000_000L;

    private final Ledger ledger;
    private final List<EventBatch> applied = new ArrayList<>();

    public TestCluster() {
        this(new Ledger());
    }

    public TestCluster(final Ledger ledger) {
        this.ledger = ledger;
    }

    /** With epoch 1 open and this many accounts, whose first nonce is 0. */
    public static TestCluster withAccounts(final int accounts) {
        return withAccounts(new Ledger(), accounts);
    }

    public static TestCluster withAccounts(final Ledger ledger, final int accounts) {
        final TestCluster cluster = new TestCluster(ledger);
        cluster.apply(Events.epoch(1));
        for (int accountId = 0; accountId < accounts; accountId++) {
            cluster.apply(Events.account(accountId, 0));
        }
        return cluster;
    }

    public Ledger ledger() {
        return ledger;
    }

    public List<EventBatch> applied() {
        return applied;
    }

    /** Applies events as one batch; an EpochOpened first brings its own epoch. */
    public ApplyOutcome apply(final Event... events) {
        final long epoch =
                events[0] instanceof Event.EpochOpened opened ? opened.term() : ledger.epoch();
        return apply(batch(epoch, events));
    }

    /** Applies a batch as the entry of its own epoch's term. */
    public ApplyOutcome apply(final EventBatch batch) {
        return apply(batch.epoch(), batch);
    }

    public ApplyOutcome apply(final long raftTerm, final EventBatch batch) {
        final ApplyOutcome outcome = apply(ledger, raftTerm, batch);
        if (outcome instanceof ApplyOutcome.Applied) {
            applied.add(batch);
        }
        return outcome;
    }

    /** Applies events that must be applied. */
    public TestCluster with(final Event... events) {
        assertThat(apply(events)).isEqualTo(ApplyOutcome.Applied.APPLIED);
        return this;
    }

    /** Applies events that must be rejected for a reason, and must leave no trace (I6). */
    public TestCluster refuses(final String reason, final Event... events) {
        final long epoch =
                events[0] instanceof Event.EpochOpened opened ? opened.term() : ledger.epoch();
        return refuses(reason, epoch, batch(epoch, events));
    }

    public TestCluster refuses(final String reason, final long raftTerm, final EventBatch batch) {
        final byte[] before = ledger.digest();
        final ApplyOutcome outcome = apply(raftTerm, batch);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(((ApplyOutcome.Rejected) outcome).reason()).contains(reason);
        assertThat(ledger.digest()).isEqualTo(before);
        return this;
    }

    public static ApplyOutcome apply(
            final Ledger ledger, final long raftTerm, final EventBatch batch) {
        final byte[] bytes = BatchEncoder.encode(batch);
        return ledger.apply(
                raftTerm, new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    /** A batch that fits the ledger's sequence and time. */
    public EventBatch batch(final long epoch, final Event... events) {
        return new EventBatch(
                epoch,
                ledger.nextSequence(),
                ledger.lastTimestampNs() + SECOND_NS,
                List.of(events));
    }
}
