package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code [Cluster] CommitRetries} and {@code CommitRetryDelay} do. */
final class CommitRetriesTest {
    private static final int PATIENCE_MS = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void shouldTryAgainAsOftenAsCommitRetriesSays(final int retries) throws Exception {
        final GatewayFixture node =
                new GatewayFixture(GatewayFixture.patience(PATIENCE_MS, retries));
        for (int i = 0; i < 10; i++) {
            node.script.add(request -> new PublishOutcome.OutcomeUnknown("leadership ended"));
        }

        assertThat(node.push(node.message(1), PushSpec.NONE).failure())
                .startsWith("outcome unknown");
        assertThat(node.requests).hasSize(retries + 1);
    }

    @Test
    void shouldWaitBetweenTriesAsLongAsCommitRetryDelaySays() throws Exception {
        final Duration delay = Duration.ofMillis(400);
        final GatewayOptions usual = GatewayFixture.patience(PATIENCE_MS, 1);
        final GatewayFixture node =
                new GatewayFixture(
                        new GatewayOptions(
                                usual.waitForLeader(),
                                usual.commitRetries(),
                                delay,
                                usual.maxBalanceAge(),
                                usual.defaultMaxFee()));
        node.script.add(request -> new PublishOutcome.OutcomeUnknown("leadership ended"));
        final long beganNs = System.nanoTime();

        assertThat(node.push(node.message(1), PushSpec.NONE).failure()).isNull();

        assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isGreaterThanOrEqualTo(delay);
        assertThat(node.requests).hasSize(2);
    }
}
