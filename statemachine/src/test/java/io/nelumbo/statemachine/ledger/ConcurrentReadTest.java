package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.AnsweredRequest;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers while batches are applied and while a snapshot takes the ledger's place. */
final class ConcurrentReadTest {

    private static final int BATCHES = 1500;
    private static final int MESSAGES_PER_BATCH = 3;

    /** Blocks are recycled soon with a small window, which is when a torn read would show. */
    private static final LedgerLimits SMALL = new LedgerLimits(9, 9999, 9999, 9999, 2, 1);

    private final Ledger ledger = new Ledger(SMALL);
    private final TestCluster cluster = TestCluster.withAccounts(ledger, 1);
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    @Timeout(60)
    void shouldSeeWholeBatchesOnlyWhenReadingWhileApplying() throws Exception {
        final ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            final List<Future<Integer>> reads =
                    List.of(readers.submit(this::read), readers.submit(this::read));
            try {
                for (int batch = 0; batch < BATCHES; batch++) {
                    cluster.with(eventsOf(batch));
                    if (batch % 100 == 99) {
                        ledger.adopt(StateBytes.copyOf(ledger, SMALL));
                    }
                }
            } finally {
                done.set(true);
            }
            for (final Future<Integer> read : reads) {
                assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** Three messages, and the confirmation of all before them: always three are unconfirmed. */
    private static Event[] eventsOf(final int batch) {
        final long first = (long) batch * MESSAGES_PER_BATCH;
        final List<Event> events = new ArrayList<>();
        for (int n = 0; n < MESSAGES_PER_BATCH; n++) {
            events.add(Events.message(0, first + n, (int) first + n));
        }
        if (batch > 0) {
            events.add(Events.confirmed(0, first));
            events.add(Events.expired(1 + batch));
        }
        return events.toArray(Event[]::new);
    }

    private int read() {
        int reads = 0;
        while (!done.get()) {
            readAccount();
            readOutbox();
            readRequests();
            reads++;
            LockSupport.parkNanos(1000);
        }
        return reads;
    }

    private void readAccount() {
        final Account account = ledger.account(0);
        assertThat(account.nextNonce() % MESSAGES_PER_BATCH).isZero();
        if (account.nextNonce() > 0) {
            assertThat(account.nextNonce() - account.confirmedNonce()).isEqualTo(3);
        }
        assertThat(ledger.unconfirmedMessages()).isIn(0L, 3L);
    }

    private void readOutbox() {
        final List<OutboxMessage> messages = ledger.unconfirmed(0, 0, 100, 1 << 20);
        assertThat(messages.size()).isIn(0, 3);
        for (final OutboxMessage message : messages) {
            final int seed = (int) message.nonce();
            assertThat(message.signedBytes()).isEqualTo(Events.signedBytes(seed));
            assertThat(message.hash()).isEqualTo(Events.hash("message", seed));
            final OutboxMessage again = ledger.message(0, message.nonce());
            assertThat(again == null || again.sequence() == message.sequence()).isTrue();
        }
    }

    private void readRequests() {
        for (final AnsweredRequest request : ledger.answeredFrom(0, 10)) {
            final int seed = (int) request.answered().nonce();
            assertThat(request.requestId()).isEqualTo(Events.requestId(seed));
            assertThat(request.answered().requestHash()).isEqualTo(Events.hash("request", seed));
        }
        if (ledger.nextNonce(0) > 0) {
            final long next = ledger.nextNonce(0);
            final LedgerView.Answered last = ledger.answered(Events.requestId((int) next - 1));
            assertThat(last == null || Objects.requireNonNull(last).nonce() == next - 1).isTrue();
        }
    }
}
