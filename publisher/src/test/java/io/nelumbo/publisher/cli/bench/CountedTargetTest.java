package io.nelumbo.publisher.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.load.LoadGenerator;
import io.nelumbo.publisher.load.LoadPlan;
import io.nelumbo.publisher.load.Pace;
import io.nelumbo.publisher.load.Target;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CountedTargetTest {

    @Test
    void shouldEndALoadWhenAllLoadsTogetherHaveSentEnough() {
        // given
        final AtomicLong sent = new AtomicLong();
        final Target target =
                (first, count, outcomes) -> {
                    sent.addAndGet(count);
                    outcomes.acknowledged(first, count);
                };
        final CountedTarget.Allowance allowance = new CountedTarget.Allowance(100);
        final LoadPlan plan =
                LoadPlan.of(new Pace.ClosedLoop(4), Duration.ZERO, Duration.ofHours(1));

        // when
        assertThatThrownBy(() -> LoadGenerator.run(plan, new CountedTarget(target, allowance)))
                .isInstanceOf(CountedTarget.UsedUp.class);
        assertThatThrownBy(() -> LoadGenerator.run(plan, new CountedTarget(target, allowance)))
                .isInstanceOf(CountedTarget.UsedUp.class);

        // then
        assertThat(sent).hasValue(100);
    }
}
