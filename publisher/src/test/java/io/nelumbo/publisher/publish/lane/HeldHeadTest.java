package io.nelumbo.publisher.publish.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.publish.loop.Backoff;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is remembered of a head that waits, and until when. */
final class HeldHeadTest {

    private final HeldHead head = new HeldHead(7, new Backoff(100, 10_000, 1));

    @Test
    void shouldCountRetriesOfOneNonceWhateverTheReason() {
        head.hold(5, HoldReason.AMBIGUOUS, "a");
        head.hold(5, HoldReason.POOL_FULL, "b");

        assertThat(head.status()).isEqualTo(new LaneStatus.Held(5, HoldReason.POOL_FULL, "b", 2));
    }

    @Test
    void shouldCountAnewWhenAnotherNonceIsHeld() {
        head.hold(5, HoldReason.AMBIGUOUS, "a");
        head.hold(5, HoldReason.AMBIGUOUS, "a");
        head.hold(6, HoldReason.AMBIGUOUS, "a");

        assertThat(Objects.requireNonNull(head.status()).retries()).isEqualTo(1);
    }

    @Test
    void shouldForgetOnlyWhatIsPassed() {
        head.hold(5, HoldReason.AMBIGUOUS, "a");

        head.passedBelow(5);
        assertThat(head.status()).isNotNull();
        head.passedBelow(6);
        assertThat(head.status()).isNull();
    }

    @Test
    void shouldKnowAGapOfANonceOnceOnly() {
        assertThat(head.isNewGap(5, "gap")).isTrue();
        assertThat(head.isNewGap(5, "gap")).isFalse();
        assertThat(head.isNewGap(6, "gap")).isTrue();
        head.hold(6, HoldReason.AMBIGUOUS, "a");
        assertThat(head.isNewGap(6, "gap")).isTrue();
    }

    @Test
    void shouldTakeANonceForInvalidWhenThatWasTheLastReasonAndOftenEnough() {
        assertThat(head.isInvalid(5, 1)).isFalse();
        head.hold(5, HoldReason.INVALID, "bad");
        assertThat(head.isInvalid(5, 2)).isFalse();
        head.hold(5, HoldReason.INVALID, "bad");
        assertThat(head.isInvalid(5, 2)).isTrue();
        assertThat(head.isInvalid(6, 2)).isFalse();
        head.hold(5, HoldReason.AMBIGUOUS, "reset");
        assertThat(head.isInvalid(5, 2)).isFalse();
    }

    @Test
    void shouldKeepOnlySoMuchOfWhatAnUpstreamSays_I10() {
        head.hold(5, HoldReason.AMBIGUOUS, "x".repeat(257));

        assertThat(Objects.requireNonNull(head.status()).text()).isEqualTo("x".repeat(256));
    }
}
