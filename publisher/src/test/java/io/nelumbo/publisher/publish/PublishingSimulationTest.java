package io.nelumbo.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whole lives of a cluster that publishes to a bad chain, each from a seed, in one thread. A seed
 * that fails is in the failure's message.
 */
final class PublishingSimulationTest {

    private static final long SECOND_NS = 1_000_000_000L;

    /** What may go wrong in a life besides requests that fail. */
    private record World(boolean foreignUse, boolean deepReorgs, boolean liar) {}

    @Test
    void shouldConfirmEverythingWhateverUpstreamsDo_I2_I3_I9_I10() {
        live(new World(false, false, false));
    }

    @Test
    void shouldConfirmAgainWhenAReorganisationUndoesWhatWasConfirmed_I9() {
        live(new World(false, true, false));
    }

    @Test
    void shouldTellForeignMessagesFromOursWhenTheKeyIsUsedElsewhere_I9() {
        live(new World(true, false, false));
    }

    @Test
    void shouldNotBelieveOneUpstreamThatLies_I9() {
        live(new World(false, false, true));
    }

    @Test
    void shouldNotBelieveOneUpstreamThatLiesAboutAKeyThatIsUsedElsewhere_I9() {
        live(new World(true, false, true));
    }

    /** For a longer campaign: {@code -Dsimulation.lives=1000 -Dsimulation.firstSeed=77}. */
    private static void live(final World world) {
        final long firstSeed = Long.getLong("simulation.firstSeed", 0);
        final int lives = Integer.getInteger("simulation.lives", 30);
        for (long seed = firstSeed; seed < firstSeed + lives; seed++) {
            new Life(seed, world).live();
        }
    }

    /** One life. */
    private static final class Life {
        private static final int NODES = 3;
        private static final PublishOptions OPTIONS = options(true);

        private static PublishOptions options(final boolean checkEveryLanding) {
            return new PublishOptions(
                    new PublishOptions.Pushing(
                            24,
                            8,
                            200,
                            Duration.ofSeconds(10),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(5)),
                    new PublishOptions.Confirming(
                            3, Duration.ofMillis(500), Duration.ofSeconds(2), 2, checkEveryLanding),
                    new PublishOptions.Asking(
                            2,
                            4,
                            Duration.ofSeconds(2),
                            3,
                            Duration.ofMillis(200),
                            Duration.ofSeconds(3)),
                    Duration.ofHours(1),
                    7);
        }

        private final long seed;
        private final World world;
        private final Random random;
        private final VirtualTime time = new VirtualTime();
        private final FakeChain chain = new FakeChain();
        private final SimulatedCluster cluster;
        private final List<FakeUpstream> upstreams = new ArrayList<>();
        private final List<Integer> accounts;
        private final boolean isQuiet;
        private final List<SimulatedNode> nodes = new ArrayList<>();
        private final Map<Integer, Map<Long, byte[]>> sent = new HashMap<>();

        Life(final long seed, final World world) {
            this.seed = seed;
            this.world = world;
            this.random = new Random(seed);
            this.cluster = new SimulatedCluster(time, random);
            this.accounts = IntStream.range(0, 1 + random.nextInt(4)).boxed().toList();
            this.isQuiet = random.nextBoolean();
            final int upstreamCount = world.liar() ? 3 : 1 + random.nextInt(3);
            for (int i = 0; i < upstreamCount; i++) {
                upstreams.add(new FakeUpstream("upstream-" + i, chain, time, random));
            }
            for (int i = 0; i < NODES; i++) {
                final PublishOptions options = options(world.foreignUse() || random.nextBoolean());
                nodes.add(cluster.add(upstreams, options, FillPolicy.HOLD));
            }
        }

        void live() {
            try {
                begin();
                suffer();
                recover();
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + world + ": " + e, e);
            }
        }

        private void begin() {
            cluster.checkFindings(this::checkFinding);
            cluster.lead(0, 0);
            for (final int account : accounts) {
                chain.startAt(account, 10L * account);
                cluster.open(account, 10L * account);
            }
            for (final FakeUpstream upstream : upstreams) {
                upstream.misbehave(Faults.drawn(random));
            }
            if (world.liar()) {
                final Faults lying = Faults.drawn(random);
                lying.liePercent = random.nextBoolean() ? 60 : 100;
                lying.lieOffset = random.nextInt(3) * 7 - 7;
                upstreams.get(random.nextInt(upstreams.size())).misbehave(lying);
            }
            cluster.loseOutcomes(random.nextInt(20));
            time.after(SECOND_NS, this::mine);
            time.after(SECOND_NS / 10, this::followersApply);
        }

        private void suffer() {
            final int steps = 150 + random.nextInt(150);
            for (int i = 0; i < steps; i++) {
                sendSome();
                if (random.nextInt(40) == 0) {
                    changeLeader();
                }
                if (random.nextInt(25) == 0) {
                    final int confidence = OPTIONS.confirming().confidence();
                    final int deepest = world.deepReorgs() ? 3 * confidence : confidence;
                    chain.reorganise(1 + random.nextInt(deepest), deepest);
                }
                if (random.nextInt(30) == 0) {
                    upstreams.get(random.nextInt(upstreams.size())).forgetAll();
                }
                if (world.foreignUse() && random.nextInt(60) == 0) {
                    chain.useForeign(accounts.get(random.nextInt(accounts.size())));
                }
                resumeHalted();
                cluster.run(random.nextInt(400) * 1_000_000L + 1);
            }
        }

        /** The faults stop: whatever happened, everything confirms, and the end is the same. */
        private void recover() {
            upstreams.forEach(upstream -> upstream.misbehave(Faults.none()));
            cluster.loseOutcomes(0);
            nodes.forEach(node -> node.freeze(false));
            cluster.runUntil("everything confirms", 200 * SECOND_NS, this::isEverythingConfirmed);
            for (final int account : accounts) {
                checkEnds(account);
            }
        }

        /** What cannot be taken back must be true when it is committed. */
        private void checkFinding(final Event event) {
            if (event instanceof Event.NonceConfirmed confirmed && !world.deepReorgs()) {
                assertThat(confirmed.upToNonce())
                        .as("confirmed at depth: %s", confirmed)
                        .isLessThanOrEqualTo(
                                chain.executedForGood(
                                        account(confirmed.accountId()),
                                        OPTIONS.confirming().confidence()));
            } else if (event instanceof Event.MessageDisplaced displaced) {
                final int account = account(displaced.accountId());
                final FakeChain.Mined mined = chain.minedAt(account, displaced.nonce());
                assertThat(mined).as("used at all: %s", displaced).isNotNull();
                assertThat(mined.hash())
                        .as("used by somebody else: %s", displaced)
                        .isEqualTo(new TestMessage(account, displaced.nonce(), "foreign").hash());
            }
        }

        private int account(final int accountId) {
            return TestMessage.accountOf(cluster.ledger().account(accountId).address());
        }

        private boolean isEverythingConfirmed() {
            resumeHalted();
            return accounts.stream()
                    .map(cluster::account)
                    .allMatch(
                            account ->
                                    account.confirmedNonce() == account.nextNonce()
                                            && account.nextNonce()
                                                    == chain.executed(
                                                            TestMessage.accountOf(
                                                                    account.address())));
        }

        /** I9: ours landed and nothing else, or it was displaced and something else landed. */
        private void checkEnds(final int account) {
            final Account state = cluster.account(account);
            for (long nonce = state.firstNonce(); nonce < state.nextNonce(); nonce++) {
                final OutboxMessage kept = cluster.ledger().message(state.id(), nonce);
                final FakeChain.Mined mined = chain.minedAt(account, nonce);
                assertThat(mined).as("account %s nonce %s landed", account, nonce).isNotNull();
                if (kept == null) {
                    assertThat(mined.hash())
                            .as("account %s nonce %s was displaced", account, nonce)
                            .isEqualTo(new TestMessage(account, nonce, "foreign").hash());
                } else {
                    assertThat(mined.hash())
                            .as("account %s nonce %s is ours", account, nonce)
                            .isEqualTo(kept.hash());
                }
            }
            final Map<Long, byte[]> ours = sent.getOrDefault(account, Map.of());
            assertThat(state.nextNonce() - state.firstNonce())
                    .as("I1: every message has its nonce")
                    .isGreaterThanOrEqualTo(ours.size());
        }

        private void sendSome() {
            final int most = isQuiet ? random.nextInt(2) : random.nextInt(6);
            for (int i = 0; i < most; i++) {
                final int account = accounts.get(random.nextInt(accounts.size()));
                final Account state = cluster.account(account);
                if (state.haltReason() == null) {
                    cluster.send(account);
                    sent.computeIfAbsent(account, a -> new HashMap<>())
                            .put(state.nextNonce(), new byte[0]);
                }
            }
        }

        private void resumeHalted() {
            for (final int account : accounts) {
                final Account state = cluster.account(account);
                if (state.haltReason() != null && random.nextInt(10) == 0) {
                    cluster.commit(new Event.LaneResumed(state.id(), "looked at"));
                }
            }
        }

        /** The old leader loses its leadership, and perhaps it is stopped and does not know. */
        private void changeLeader() {
            final SimulatedNode old = cluster.leader();
            final List<Integer> awake =
                    IntStream.range(0, NODES)
                            .filter(i -> !nodes.get(i).isFrozen())
                            .boxed()
                            .toList();
            final int next = awake.get(random.nextInt(awake.size()));
            if (nodes.get(next) != old && random.nextBoolean()) {
                old.freeze(true);
                time.after(random.nextInt(5) * SECOND_NS, () -> old.freeze(false));
            }
            cluster.lead(next, random.nextInt(5) * SECOND_NS);
        }

        private void followersApply() {
            for (final SimulatedNode node : nodes) {
                if (node != cluster.leader() && !node.isFrozen()) {
                    cluster.catchUp(node, random.nextInt(5));
                }
            }
            time.after(SECOND_NS / 10, this::followersApply);
        }

        private void mine() {
            chain.mine(accounts, 12);
            time.after(SECOND_NS / 2 + random.nextInt((int) SECOND_NS), this::mine);
        }
    }
}
