package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.publish.lane.LaneStatus;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Owned by the test: one leader over scripted upstreams, in virtual time. */
public final class OneNode {

    public static final long MS = 1_000_000;
    public static final long SECOND_NS = 1_000_000_000;
    public static final PublishOptions OPTIONS =
            new PublishOptions(
                    new PublishOptions.Pushing(
                            10,
                            4,
                            1_000,
                            Duration.ofSeconds(60),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(2)),
                    new PublishOptions.Confirming(
                            3, Duration.ofSeconds(1), Duration.ofSeconds(5), 1, false),
                    new PublishOptions.Asking(
                            2,
                            4,
                            Duration.ofSeconds(5),
                            3,
                            Duration.ofMillis(200),
                            Duration.ofSeconds(1)),
                    Duration.ofHours(1),
                    1);

    public final VirtualTime time = new VirtualTime();
    public final SimulatedCluster cluster = new SimulatedCluster(time, new Random(1));
    public final ScriptedUpstream first = new ScriptedUpstream("first", time);
    public final ScriptedUpstream second = new ScriptedUpstream("second", time);
    public final ScriptedUpstream third = new ScriptedUpstream("third", time);

    private OneNode() {}

    public static OneNode withOneUpstream() {
        final OneNode node = new OneNode();
        node.cluster.add(List.of(node.first), OPTIONS, FillPolicy.HOLD);
        return node.begun();
    }

    public static OneNode withTwoUpstreams() {
        final OneNode node = new OneNode();
        node.cluster.add(List.of(node.first, node.second), OPTIONS, FillPolicy.HOLD);
        return node.begun();
    }

    public static OneNode withThreeUpstreams() {
        final OneNode node = new OneNode();
        node.cluster.add(List.of(node.first, node.second, node.third), OPTIONS, FillPolicy.HOLD);
        return node.begun();
    }

    public static OneNode withoutUpstreams() {
        final OneNode node = new OneNode();
        node.cluster.add(List.of(), OPTIONS, FillPolicy.HOLD);
        return node.begun();
    }

    /** Two upstreams, and other rules for when the chain is believed. */
    public static OneNode believing(final int minUpstreams, final boolean checkEveryLanding) {
        final PublishOptions.Confirming usual = OPTIONS.confirming();
        final OneNode node = new OneNode();
        node.cluster.add(
                List.of(node.first, node.second),
                new PublishOptions(
                        OPTIONS.pushing(),
                        new PublishOptions.Confirming(
                                usual.confidence(),
                                usual.interval(),
                                usual.idleInterval(),
                                minUpstreams,
                                checkEveryLanding),
                        OPTIONS.asking(),
                        OPTIONS.requestIdRetention(),
                        OPTIONS.seed()),
                FillPolicy.HOLD);
        return node.begun();
    }

    public static OneNode withPolicy(final FillPolicy policy) {
        final OneNode node = new OneNode();
        node.cluster.add(List.of(node.first), OPTIONS, policy);
        return node.begun();
    }

    /** Leads, and has account 0 open at nonce 0. */
    private OneNode begun() {
        cluster.lead(0, 0);
        cluster.open(0, 0);
        return this;
    }

    public void send(final int messages) {
        for (int i = 0; i < messages; i++) {
            cluster.send(0);
        }
    }

    public void run(final long forNs) {
        cluster.run(forNs);
    }

    /** The leadership ends. */
    public void endEpoch() {
        cluster.leader().publishing().epochClosed(cluster.term());
    }

    public long openTerm() {
        return cluster.leader().publishing().status().term();
    }

    public Account account() {
        return cluster.account(0);
    }

    public LaneStatus lane() {
        return cluster.leader().publishing().status().lanes().get(0);
    }

    /** The message that was sent as the n-th of this test, to account 0. */
    public static TestMessage message(final long nonce) {
        return new TestMessage(0, nonce, "message " + nonce);
    }
}
