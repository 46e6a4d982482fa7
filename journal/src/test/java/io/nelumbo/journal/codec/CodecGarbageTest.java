package io.nelumbo.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nelumbo.journal.sbe.MessageSequencedDecoder;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The wire form is on every hot path: it makes no garbage once its buffers are there. */
final class CodecGarbageTest {

    private static final int MESSAGES = 256;
    private static final int WARM_UP = 200;
    private static final int MEASURED = 200;
    private static final long NOISE_BYTES = 64 * 1024;

    private final BatchEncoder encoder = new BatchEncoder(1 << 20);
    private final BatchDecoder decoder = new BatchDecoder();
    private final byte[] hash = new byte[32];
    private final byte[] prefix = new byte[8];
    private final byte[] signedBytes = new byte[200];
    private final NonceSum sum = new NonceSum();

    @Test
    void shouldMakeNoGarbageWhenBatchesAreWrittenCheckedAndRead() {
        // given
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int n = 0; n < WARM_UP; n++) {
            writeCheckAndRead(n);
        }

        // when
        final long before = thread.getCurrentThreadAllocatedBytes();
        for (int n = 0; n < MEASURED; n++) {
            writeCheckAndRead(n);
        }
        final long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        // then
        assertThat(allocated).isLessThan(NOISE_BYTES);
        assertThat(sum.messages).isEqualTo((long) MESSAGES * (WARM_UP + MEASURED));
    }

    private void writeCheckAndRead(final long batch) {
        encoder.begin(1, batch * MESSAGES, batch);
        for (int n = 0; n < MESSAGES; n++) {
            encoder.appendMessageSequenced(n, batch, n, n, hash, prefix, prefix, signedBytes, hash);
        }
        decoder.wrap(encoder.buffer(), 0, encoder.length()).forEach(sum);
    }

    private static final class NonceSum extends IgnoringEventReader {
        private long messages;

        @Override
        public void onMessageSequenced(final long sequence, final MessageSequencedDecoder event) {
            messages++;
        }
    }
}
