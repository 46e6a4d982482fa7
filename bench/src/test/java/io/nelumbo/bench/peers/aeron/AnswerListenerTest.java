package io.nelumbo.bench.peers.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.nelumbo.publisher.load.Outcomes;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AnswerListenerTest {

    private static final Header HEADER = new Header(0, FrameDescriptor.FRAME_ALIGNMENT);

    private final AnswerListener listener = new AnswerListener();
    private final Noting first = new Noting();
    private final Noting second = new Noting();

    private static final class Noting implements Outcomes {
        private final List<Long> acknowledged = new ArrayList<>();

        @Override
        public void acknowledged(final long number, final int count) {
            acknowledged.add(number);
        }

        @Override
        public void refused(final long number, final int count, final String reason) {
            throw new IllegalStateException("expected nothing to be refused");
        }

        @Override
        public void unknown(final long number, final int count) {
            throw new IllegalStateException("expected nothing to be unknown");
        }
    }

    private void answer(final long number, final long load) {
        final UnsafeBuffer answer = new UnsafeBuffer(new byte[AeronSettings.HEADER_BYTES]);
        answer.putLong(0, number);
        answer.putLong(AeronSettings.LOAD_OFFSET, load);
        listener.onMessage(1, 1, answer, 0, answer.capacity(), HEADER);
    }

    @Test
    void shouldNotTakeALateAnswerForOneOfTheNextLoad() {
        // given
        final long before = listener.tell(first);
        answer(0, before);
        final long now = listener.tell(second);

        // when
        answer(1, before);
        answer(1, now);

        // then
        assertThat(listener.tell(second)).isEqualTo(now);
        assertThat(first.acknowledged).containsExactly(0L);
        assertThat(second.acknowledged).containsExactly(1L);
    }
}
