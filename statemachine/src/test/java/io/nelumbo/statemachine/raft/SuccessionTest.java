package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who stands for election when the leader's process is gone, and who does not. */
final class SuccessionTest {

    private final FakeCluster cluster = new FakeCluster();
    private final HeldThread thread = new HeldThread();
    private final Succession succession = new Succession(cluster, thread);

    @AfterEach
    void close() {
        succession.close();
    }

    @Test
    void shouldStandAtOnceWhenTheLeaderIsGoneAndNobodyHasMore() throws Exception {
        // given
        cluster.heirs.add(Succession.Heir.telling("c", new LastEntry(1, 9)));

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.steps).containsExactly("refusing? leader", "others", "stood");
        assertThat(thread.delaysMs).isEmpty();
    }

    @Test
    void shouldLeaveALeaderAloneThatStillTakesConnections() throws Exception {
        // given
        cluster.refusing = false;

        // when
        succession.gone("leader");
        cluster.awaitSteps(1);
        succession.close();

        // then
        assertThat(cluster.steps).containsExactly("refusing? leader");
    }

    @Test
    void shouldNotEvenLookWhenSomebodyElseIsGone() {
        // when
        succession.gone("c");

        // then
        assertThat(cluster.steps).isEmpty();
    }

    @Test
    void shouldLetTheOneWithMoreGoFirstAndStandWhenNobodyHasWon() throws Exception {
        // given
        cluster.heirs.add(Succession.Heir.telling("c", new LastEntry(1, 11)));

        // when
        succession.gone("leader");

        // then: also after one that was too slow to tell, and waits for this node
        Await.until("a wait", () -> !thread.delaysMs.isEmpty());
        assertThat(thread.delaysMs).containsExactly(2 * Succession.SECOND_AFTER_MS);
        assertThat(cluster.steps).doesNotContain("stood");
        thread.elapse();
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNotStandWhenAnotherWasElectedMeanwhile() throws Exception {
        // given
        cluster.heirs.add(Succession.Heir.telling("a", new LastEntry(1, 10)));
        succession.gone("leader");
        Await.until("a wait", () -> !thread.delaysMs.isEmpty());

        // when
        cluster.term = 2;
        thread.elapse();

        // then
        assertThat(thread.delaysMs).containsExactly(Succession.SECOND_AFTER_MS);
        assertThat(cluster.steps).doesNotContain("stood");
    }

    @Test
    void shouldStandAtOnceWhenTheOtherIsNotThere() throws Exception {
        // given
        cluster.heirs.add(Succession.Heir.absent("a"));

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.delaysMs).isEmpty();
    }

    @Test
    void shouldLetTheLowerPeerIdGoFirstThoughItIsTooSlowToTell() throws Exception {
        // given
        cluster.heirs.add(Succession.Heir.silent("a"));

        // when
        succession.gone("leader");

        // then
        Await.until("a wait", () -> !thread.delaysMs.isEmpty());
        assertThat(thread.delaysMs).containsExactly(Succession.SECOND_AFTER_MS);
        assertThat(cluster.steps).doesNotContain("stood");
        thread.elapse();
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldStandAtOnceWhenOnlyAHigherPeerIdIsTooSlowToTell() throws Exception {
        // given
        cluster.heirs.add(Succession.Heir.silent("c"));

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.delaysMs).isEmpty();
    }

    @Test
    void shouldAskTheOthersBeforeTheLeaderIsGone() {
        // when
        succession.prepareFor("leader");
        cluster.awaitSteps(1);
        succession.close();

        // then
        assertThat(cluster.steps).containsExactly("met");
    }

    @Test
    void shouldGoOnWhenTheOthersCannotBeAskedBefore() throws Exception {
        // given
        cluster.onMeeting =
                () -> {
                    throw new IllegalStateException("an answer of another release");
                };
        succession.prepareFor("leader");

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldSaySoWhenItMayNotStand() {
        // given: a leader of its own, as all share a log and another test's last line may be late
        final Logger log = (Logger) LoggerFactory.getLogger(Succession.class);
        final ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.addAppender(lines);
        cluster.leader = "x-leader";
        cluster.mayStand = false;

        // when
        succession.gone("x-leader");

        // then
        try {
            Await.until("a line", () -> said(lines, "x-leader").isPresent());
        } finally {
            log.detachAppender(lines);
        }
        assertThat(said(lines, "x-leader").orElseThrow()).contains("may not stand in term 1");
        assertThatThrownBy(succession::standNow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldLeaveAnElectionAloneToTheTimeoutsWhereItMayNotStand() {
        // given
        cluster.mayStand = false;

        // when
        succession.standAlone();

        // then
        assertThat(cluster.steps).containsExactly("stood");
    }

    @Test
    void shouldTellWhetherRatisLetsItStand() {
        // given: Ratis refuses whoever's last entry is of an earlier term than its own
        for (final boolean accepted : new boolean[] {true, false}) {
            final RaftServer server =
                    fake(
                            RaftServer.class,
                            Map.of(
                                    "startLeaderElection",
                                    StartLeaderElectionReplyProto.newBuilder()
                                            .setServerReply(
                                                    RaftRpcReplyProto.newBuilder()
                                                            .setSuccess(accepted))
                                            .build()));
            final RaftSettings settings =
                    RaftSettings.standard(
                            TestPeers.A,
                            RaftCluster.foundedBy(List.of(TestPeers.member(TestPeers.A, 1))),
                            Path.of("unused"));
            final RaftServer.Division division =
                    fake(
                            RaftServer.Division.class,
                            Map.of(
                                    "getInfo", fake(DivisionInfo.class, Map.of()),
                                    "getRaftLog", fake(RaftLog.class, Map.of()),
                                    "getId", RaftPeerId.valueOf(settings.peerId()),
                                    "getGroup", RaftStart.groupOf(settings),
                                    "getRaftServer", server));
            final PeerLink link =
                    new PeerLink(settings, RaftStart.groupOf(settings), new Parameters());

            // when, then
            assertThat(new RaftSuccession(settings, division, link).stand()).isEqualTo(accepted);
            closed(link);
        }
    }

    private static Optional<String> said(
            final ListAppender<ILoggingEvent> lines, final String leader) {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(leader))
                .findFirst();
    }

    private static void closed(final PeerLink link) {
        try {
            link.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers what it was given, and null to all else. */
    private static <T> T fake(final Class<T> type, final Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> answers.get(method.getName())));
    }

    /** This node is "b", at entry (1, 10) in term 1. */
    @Test
    void shouldStandAtOnceWhenEveryMemberIsThereAndNew() throws Exception {
        // given
        cluster.isFounded();
        cluster.heirs.add(Succession.Heir.telling("c", LastEntry.NONE));

        // when
        succession.found();

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.steps).containsExactly("everybody", "stood");
    }

    @Test
    void shouldNotFoundWhileAMemberIsAway() {
        // given
        cluster.isFounded();
        cluster.heirs.add(Succession.Heir.absent("c"));

        // when
        succession.found();
        cluster.awaitSteps(1);
        succession.close();

        // then
        assertThat(cluster.steps).containsExactly("everybody");
    }

    @Test
    void shouldNotFoundWhenAnotherMemberHasEntries() {
        // given
        cluster.isFounded();
        cluster.heirs.add(Succession.Heir.telling("c", new LastEntry(1, 0)));

        // when
        succession.found();
        cluster.awaitSteps(1);
        succession.close();

        // then
        assertThat(cluster.steps).containsExactly("everybody");
    }

    @Test
    void shouldNotFoundWhenAnElectionHasBegunMeanwhile() {
        // given
        cluster.isFounded();
        cluster.afterOthers = () -> cluster.term = 1;

        // when
        succession.found();
        cluster.awaitSteps(1);
        succession.close();

        // then
        assertThat(cluster.steps).containsExactly("everybody");
    }

    @Test
    void shouldAskNobodyWhetherToFoundWhenItHasEntriesItself() {
        // given
        cluster.isFounded();
        cluster.own = new LastEntry(1, 0);

        // when
        succession.found();
        succession.close();

        // then
        assertThat(cluster.steps).isEmpty();
    }

    /** Does at once what is to be done at once, and the rest when the test says so. */
    private static final class HeldThread extends ScheduledThreadPoolExecutor {
        final List<Long> delaysMs = new CopyOnWriteArrayList<>();
        private final List<Runnable> held = new CopyOnWriteArrayList<>();

        HeldThread() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(
                final Runnable command, final long delay, final TimeUnit unit) {
            if (delay == 0) {
                return super.schedule(command, delay, unit);
            }
            held.add(command);
            delaysMs.add(unit.toMillis(delay));
            return super.schedule(() -> {}, 0, unit);
        }

        /** All waits are over; returns when everything is done that was due. */
        void elapse() throws Exception {
            for (final Runnable command : held) {
                submit(command).get(30, TimeUnit.SECONDS);
            }
            held.clear();
        }
    }

    private static final class FakeCluster implements Succession.Cluster {
        final List<String> steps = new CopyOnWriteArrayList<>();
        final List<Succession.Heir> heirs = new CopyOnWriteArrayList<>();
        final CountDownLatch stood = new CountDownLatch(1);
        volatile String leader = "leader";
        boolean refusing = true;
        volatile boolean mayStand = true;
        Runnable afterOthers = () -> {};
        Runnable onMeeting = () -> {};
        volatile long term = 1;
        volatile LastEntry own = new LastEntry(1, 10);

        void isFounded() {
            leader = "";
            term = 0;
            own = LastEntry.NONE;
            heirs.add(Succession.Heir.telling("a", LastEntry.NONE));
        }

        void awaitSteps(final int count) {
            Await.until("steps", () -> steps.size() >= count);
        }

        @Override
        public String self() {
            return "b";
        }

        @Override
        public boolean follows(final String leaderPeerId) {
            return leaderPeerId.equals(leader);
        }

        @Override
        public long term() {
            return term;
        }

        @Override
        public boolean isRefusing(final String peerId) {
            steps.add("refusing? " + peerId);
            return refusing;
        }

        @Override
        public LastEntry lastEntry() {
            return own;
        }

        @Override
        public Iterable<Succession.Heir> others() {
            steps.add("everybody");
            afterOthers.run();
            return heirs;
        }

        @Override
        public void meetOthersThan(final String leaderPeerId) {
            steps.add("met");
            onMeeting.run();
        }

        @Override
        public Iterable<Succession.Heir> othersThan(final String leaderPeerId) {
            steps.add("others");
            afterOthers.run();
            return heirs;
        }

        @Override
        public boolean stand() {
            steps.add("stood");
            stood.countDown();
            return mayStand;
        }
    }
}
