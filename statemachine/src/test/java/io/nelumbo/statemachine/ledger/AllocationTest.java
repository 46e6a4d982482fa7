package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.Event.MessageSequenced;
import io.nelumbo.journal.event.RequestId;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What applying costs the garbage collector, measured on the thread that applies. */
final class AllocationTest {

    private static final int ACCOUNTS = 8;
    private static final int MESSAGES_PER_BATCH = 256;
    private static final int SIGNED_BYTES = 250;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Ledger ledger = new Ledger();
    private final BatchEncoder encoder = new BatchEncoder(1 << 20);
    private final BatchDecoder decoder = new BatchDecoder();
    private final UnsafeBuffer batch = new UnsafeBuffer(new byte[1 << 20]);
    private final byte[] signedBytes = new byte[SIGNED_BYTES];
    private long next;

    AllocationTest() {
        TestCluster.withAccounts(ledger, ACCOUNTS);
    }

    @Test
    void shouldMakeNoGarbageWhenMessagesComeAndGo() {
        // given: the blocks are there, and the code is compiled
        applyBatches(200, true);

        // when
        final long allocated = applyBatches(200, true);

        // then: less than a byte per message, and so no object
        assertThat(allocated).isLessThan(200L * MESSAGES_PER_BATCH);
    }

    @Test
    void shouldAllocateOnlyWhatItHoldsWhenTheOutboxGrows() {
        // given
        applyBatches(50, false);

        // when
        final long allocated = applyBatches(400, false);

        // then: its bytes, 48 + 8 of its slot, 72 + 8 of its request id; tables double
        final long held = 400L * MESSAGES_PER_BATCH * (SIGNED_BYTES + 6 + 48 + 72 + 4 * (8 + 8));
        assertThat(allocated).isLessThan(held * 5 / 4);
    }

    /** Bytes that this thread allocated inside apply. */
    private long applyBatches(final int batches, final boolean release) {
        final long thread = Thread.currentThread().getId();
        long allocated = 0;
        for (int n = 0; n < batches; n++) {
            final int length = encode(release);
            decoder.wrap(batch, 0, length);
            final long before = threads.getThreadAllocatedBytes(thread);
            final ApplyOutcome outcome = ledger.apply(1, decoder);
            allocated += threads.getThreadAllocatedBytes(thread) - before;
            assertThat(outcome).isSameAs(ApplyOutcome.Applied.APPLIED);
        }
        return allocated;
    }

    private int encode(final boolean release) {
        encoder.begin(1, ledger.nextSequence(), ledger.lastTimestampNs() + 300_000_000);
        for (int n = 0; n < MESSAGES_PER_BATCH; n++) {
            append(n % ACCOUNTS, next + n / ACCOUNTS);
        }
        next += MESSAGES_PER_BATCH / ACCOUNTS;
        if (release) {
            for (int accountId = 0; accountId < ACCOUNTS; accountId++) {
                encoder.append(Events.confirmed(accountId, next));
            }
            final long retained = 20L * MESSAGES_PER_BATCH;
            if (ledger.nextSequence() > retained) {
                encoder.append(Events.expired(ledger.nextSequence() - retained));
            }
        }
        batch.putBytes(0, encoder.buffer(), 0, encoder.length());
        return encoder.length();
    }

    private void append(final int accountId, final long nonce) {
        final MessageSequenced message = Events.message(accountId, nonce, (int) nonce);
        final Event unique =
                new MessageSequenced(
                        accountId,
                        nonce,
                        new RequestId(nonce * 0x9E3779B97F4A7C15L, accountId),
                        message.requestHash(),
                        message.principal(),
                        message.signerKeyId(),
                        signedBytes,
                        message.hash());
        assertThat(encoder.append(unique)).isTrue();
    }
}
