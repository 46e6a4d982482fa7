package io.nelumbo.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Owned by the test: nodes that publish, the log that they share and the time that they live in. An
 * entry is committed when the leader has applied it; the others apply it later. What a node offers
 * that does not lead any more never commits.
 */
public final class SimulatedCluster {

    /** An entry of the log. */
    record Entry(long term, byte[] batch) {}

    private final VirtualTime time;
    private final Random random;
    private final PushChecker checker = new PushChecker();
    private final List<Entry> log = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private Consumer<Event> onFinding = event -> {};
    private int lostOutcomePercent;
    private long clockAheadNs;
    private int leader = -1;
    private long term;
    private long requests;

    SimulatedCluster(final VirtualTime time, final Random random) {
        this.time = time;
        this.random = random;
    }

    VirtualTime time() {
        return time;
    }

    public PushChecker checker() {
        return checker;
    }

    SimulatedNode add(
            final List<? extends Upstream> upstreams,
            final PublishOptions options,
            final FillPolicy fillPolicy) {
        final SimulatedNode node = new SimulatedNode(this, upstreams, options, fillPolicy);
        nodes.add(node);
        return node;
    }

    SimulatedNode leader() {
        return nodes.get(leader);
    }

    public Ledger ledger() {
        return leader().ledger();
    }

    long term() {
        return term;
    }

    /** Shows every finding of a publisher that the ledger has taken. */
    public void checkFindings(final Consumer<Event> check) {
        onFinding = check;
    }

    /** From the next leader on, wall clocks are ahead by so much. */
    void setClocksAhead(final long ns) {
        clockAheadNs = ns;
    }

    void loseOutcomes(final int percent) {
        lostOutcomePercent = percent;
    }

    /**
     * Another node leads: it has applied everything, opens its epoch, and publishes. The old one
     * finds out later.
     */
    void lead(final int newLeader, final long oldNoticesAfterNs) {
        if (leader >= 0) {
            final SimulatedNode old = leader();
            final long oldTerm = term;
            time.after(oldNoticesAfterNs, () -> old.publishing().epochClosed(oldTerm));
        }
        leader = newLeader;
        term++;
        catchUp(leader(), Integer.MAX_VALUE);
        commit(new Event.EpochOpened(term, "node-" + newLeader));
        leader().publishing().epochOpened(term);
    }

    /** A new message of an account that is open; it takes the next nonce. */
    void send(final int account) {
        final int id = accountId(account);
        final TestMessage message =
                new TestMessage(account, ledger().nextNonce(id), "message " + requests);
        commit(
                new Event.MessageSequenced(
                        id,
                        message.nonce(),
                        new RequestId(1, requests++),
                        new byte[32],
                        new byte[8],
                        new byte[8],
                        message.bytes(),
                        message.hash()));
    }

    void open(final int account, final long firstNonce) {
        commit(
                new Event.AccountOpened(
                        ledger().accountCount(),
                        ChainKind.FILECOIN,
                        TestMessage.address(account),
                        firstNonce));
    }

    Account account(final int account) {
        return ledger().account(accountId(account));
    }

    int accountId(final int account) {
        return ledger().accountId(ChainKind.FILECOIN, TestMessage.address(account));
    }

    /** What must fit: fails the test if the ledger rejects it. */
    public void commit(final Event event) {
        assertThat(applyOnLeader(event)).as("%s", event).isInstanceOf(ApplyOutcome.Applied.class);
    }

    CompletableFuture<CommandOutcome> offer(final SimulatedNode node, final Event event) {
        final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        final boolean lost = happens(lostOutcomePercent);
        time.after(
                1_000_000 + random.nextInt(20_000_000),
                () -> {
                    if (leader < 0 || node != leader()) {
                        outcome.complete(new CommandOutcome.Unknown("not the leader any more"));
                        return;
                    }
                    final long sequence = ledger().nextSequence();
                    final ApplyOutcome applied = applyOnLeader(event);
                    if (applied instanceof ApplyOutcome.Applied) {
                        onFinding.accept(event);
                    }
                    if (lost) {
                        outcome.complete(new CommandOutcome.Unknown("lost"));
                    } else if (applied instanceof ApplyOutcome.Applied) {
                        outcome.complete(new CommandOutcome.Committed(sequence));
                    } else {
                        outcome.complete(new CommandOutcome.Dropped(applied.toString()));
                    }
                });
        return outcome;
    }

    /** Lets a node that does not lead apply some of what it has not. */
    void catchUp(final SimulatedNode node, final int maxEntries) {
        for (int i = 0; i < maxEntries && node.applied() < log.size(); i++) {
            assertThat(node.apply(log.get(node.applied())))
                    .isInstanceOf(ApplyOutcome.Applied.class);
        }
    }

    /** Lets time pass until a condition holds; fails after too much of it. */
    void runUntil(final String what, final long maxNs, final BooleanSupplier condition) {
        final long limitNs = time.monotonicNs() + maxNs;
        while (!condition.getAsBoolean()) {
            assertThat(time.monotonicNs())
                    .as(() -> what + ", but " + leader().publishing().status())
                    .isLessThan(limitNs);
            step(limitNs);
        }
    }

    /** Lets time pass. */
    void run(final long forNs) {
        final long limitNs = time.monotonicNs() + forNs;
        while (time.monotonicNs() < limitNs) {
            step(limitNs);
        }
    }

    private void step(final long limitNs) {
        nodes.forEach(SimulatedNode::turn);
        long nextNs = limitNs;
        for (final SimulatedNode node : nodes) {
            if (!node.isFrozen()) {
                nextNs = Math.min(nextNs, node.loop().nextTimerNs());
            }
        }
        time.advance(nextNs);
        nodes.forEach(SimulatedNode::turn);
    }

    private ApplyOutcome applyOnLeader(final Event event) {
        final long timestampNs =
                Math.max(ledger().lastTimestampNs() + 1, time.wallNs() + clockAheadNs);
        final Entry entry =
                new Entry(
                        term,
                        BatchEncoder.encode(
                                new EventBatch(
                                        term,
                                        ledger().nextSequence(),
                                        timestampNs,
                                        List.of(event))));
        final ApplyOutcome outcome = leader().apply(entry);
        if (outcome instanceof ApplyOutcome.Applied) {
            log.add(entry);
        }
        return outcome;
    }

    private boolean happens(final int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }
}
