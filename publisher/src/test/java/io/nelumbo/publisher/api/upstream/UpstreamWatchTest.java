package io.nelumbo.publisher.api.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.proxy.HeadOf;
import io.nelumbo.publisher.chain.Upstream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class UpstreamWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final CompletableFuture<Long> gone =
            CompletableFuture.failedFuture(new IllegalStateException("gone"));
    private CompletableFuture<Long> first = CompletableFuture.completedFuture(100L);
    private CompletableFuture<Long> second = CompletableFuture.completedFuture(100L);
    private long nowNs = -SECOND_NS;
    private final UpstreamWatch watch =
            new UpstreamWatch(
                    List.<Upstream>of(new HeadOf("a", () -> first), new HeadOf("b", () -> second)),
                    () -> nowNs);

    @Test
    void shouldTrustEachUntilItWasAsked() {
        assertThat(watch.healthy()).containsExactly(0, 1);
        assertThat(watch.isReachable()).isFalse();
    }

    @Test
    void shouldTellTheOnesThatAreBehindOrGone() {
        first = CompletableFuture.completedFuture(100 - UpstreamWatch.MAX_LAG_EPOCHS);
        watch.look().join();
        assertThat(watch.healthy()).containsExactly(0, 1);

        first = CompletableFuture.completedFuture(99 - UpstreamWatch.MAX_LAG_EPOCHS);
        watch.look().join();
        assertThat(watch.healthy()).containsExactly(1);
        assertThat(watch.healthyFirst()).containsExactly(1, 0);
        assertThat(watch.states().get(0).complaint()).isEqualTo("a is 6 epochs behind another");

        second = gone;
        watch.look().join();
        assertThat(watch.healthy()).containsExactly(0);
        assertThat(watch.states().get(1).complaint()).startsWith("b does not answer: no head");
        assertThat(watch.isReachable()).isTrue();

        first = gone;
        watch.look().join();
        assertThat(watch.isReachable()).isFalse();
    }

    @Test
    void shouldOpenTheCircuitAfterFailuresInARowOnly() {
        watch.failed(0, "broken");
        watch.failed(0, "broken");
        watch.answered(0);
        watch.failed(0, "broken");
        watch.failed(0, "broken");
        assertThat(watch.healthy()).containsExactly(0, 1);

        watch.failed(0, "broken");

        assertThat(watch.healthy()).containsExactly(1);
        assertThat(watch.enter(0, true)).isFalse();
        assertThat(watch.states().get(0).complaint())
                .isEqualTo("a is left alone after failures: broken");
    }

    @Test
    void shouldLetOneCallThroughEachTimeAndWaitLongerWhenItFails() {
        for (int i = 0; i < Circuit.FAILURES_TO_OPEN; i++) {
            watch.failed(0, "broken");
        }
        nowNs += SECOND_NS;
        assertThat(watch.enter(0, false)).isFalse();
        assertThat(watch.enter(0, true)).isTrue();
        assertThat(watch.enter(0, true)).isFalse();

        watch.failed(0, "still broken");
        nowNs += SECOND_NS;
        assertThat(watch.enter(0, true)).isFalse();
        nowNs += SECOND_NS;
        assertThat(watch.enter(0, true)).isTrue();

        watch.answered(0);
        assertThat(watch.enter(0, true)).isTrue();
        assertThat(watch.enter(0, true)).isTrue();
    }

    @Test
    void shouldNeverLeaveOneAloneForLongerThanTheBound() {
        for (int i = 0; i < 100; i++) {
            watch.failed(0, "broken");
        }
        nowNs += Circuit.MAX_OPEN_NS;
        assertThat(watch.healthy()).containsExactly(0, 1);
    }

    /** Whoever asks for what takes long must not keep everybody from a node that is well. */
    @Test
    void shouldNotBlameAnUpstreamThatAnsweredOthersMeanwhile() {
        watch.look().join();
        final long since = nowNs - 1;
        for (int i = 0; i < 10; i++) {
            watch.silent(0, "timed out", since);
        }
        assertThat(watch.healthy()).containsExactly(0, 1);

        for (int i = 0; i < Circuit.FAILURES_TO_OPEN; i++) {
            watch.silent(0, "timed out", nowNs + 1);
        }
        assertThat(watch.healthy()).containsExactly(1);
    }
}
