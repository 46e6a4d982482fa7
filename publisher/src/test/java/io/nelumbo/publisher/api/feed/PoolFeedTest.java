package io.nelumbo.publisher.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.ChannelSink;
import io.nelumbo.publisher.jsonrpc.RawJson;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber of the pool hears, event by event, against a real ledger. */
final class PoolFeedTest {
    private static final long TERM = 3;
    private static final int ADD = 0;
    private static final int REMOVE = 1;

    private final Secp256k1Key key = Secp256k1Key.of(filled(32, 1));
    private final LotusJson json = new LotusJson(Network.MAINNET);
    private final Ledger ledger = new Ledger();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final PoolFeed feed = new PoolFeed(ledger, json, work::add);
    private final Subscriber subscriber = new Subscriber();

    @BeforeEach
    void open() {
        apply(new Event.EpochOpened(TERM, "leader"));
        apply(new Event.AccountOpened(0, ChainKind.FILECOIN, key.address().bytes(), 5));
    }

    @Test
    void shouldTellWhatComesAndWhatIsConfirmed() {
        sequence(5, 1);
        subscribe();
        sequence(6, 2);
        sequence(7, 3);
        apply(new Event.NonceConfirmed(0, 7, 100));

        assertThat(told())
                .containsExactly(
                        update(ADD, 6, 2),
                        update(ADD, 7, 3),
                        update(REMOVE, 5, 1),
                        update(REMOVE, 6, 2));
    }

    @Test
    void shouldTellAReplacementAsOneThatGoesAndOneThatComes() {
        sequence(5, 1);
        subscribe();
        apply(new Event.MessageReplaced(0, 5, signed(5, 9), filled(32, 9), "fee"));
        apply(new Event.NonceFilled(0, 5, signed(5, 8), filled(32, 8), "never executes"));

        assertThat(told())
                .containsExactly(
                        update(REMOVE, 5, 1),
                        update(ADD, 5, 9),
                        update(REMOVE, 5, 9),
                        update(ADD, 5, 8));
    }

    @Test
    void shouldTellWhatWasDisplacedAndWhatAReorganisationBringsBack() {
        sequence(5, 1);
        sequence(6, 2);
        sequence(7, 3);
        subscribe();
        apply(new Event.NonceConfirmed(0, 7, 100));
        apply(new Event.NonceReorged(0, 6));
        apply(new Event.MessageDisplaced(0, 7, filled(32, 7)));

        assertThat(told())
                .containsExactly(
                        update(REMOVE, 5, 1),
                        update(REMOVE, 6, 2),
                        update(ADD, 6, 2),
                        update(REMOVE, 7, 3));
    }

    @Test
    void shouldDoNothingOnTheApplyingThreadAndCopyNothingWhileNobodyListens() {
        sequence(5, 1);
        assertThat(work).isEmpty();
        final Runnable end = subscribe();
        sequence(6, 2);
        assertThat(subscriber.values).isEmpty();
        assertThat(work).hasSize(1);
        told();

        end.run();
        told();
        sequence(7, 3);
        assertThat(work).isEmpty();
        assertThat(subscriber.values).hasSize(1);
    }

    @Test
    void shouldCloseTheChannelsWhenMoreIsAppliedThanCanBeToldI10() {
        subscribe();
        for (int i = 0; i <= PoolFeed.MAX_WAITING_BATCHES; i++) {
            sequence(5 + i, 1);
        }
        told();
        assertThat(subscriber.closed).isTrue();
        assertThat(subscriber.values).isEmpty();

        // when: it begins anew
        subscribe();
        sequence(6 + PoolFeed.MAX_WAITING_BATCHES, 2);
        assertThat(told()).hasSize(1);
    }

    private Runnable subscribe() {
        final CompletableFuture<Runnable> open = feed.subscribe(subscriber);
        assertThat(open).isNotDone();
        told();
        return open.join();
    }

    /** Everything that was told once the executor has run. */
    private List<String> told() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
        return subscriber.values;
    }

    private String update(final int type, final long nonce, final int value) {
        return "{\"Type\":"
                + type
                + ",\"Message\":"
                + json.writeSigned(SignedFilecoinMessage.decode(signed(nonce, value)))
                + "}";
    }

    private void sequence(final long nonce, final int value) {
        apply(
                new Event.MessageSequenced(
                        0,
                        nonce,
                        RequestId.of(UUID.randomUUID()),
                        filled(32, 1),
                        filled(8, 1),
                        filled(8, 1),
                        signed(nonce, value),
                        filled(32, value)));
    }

    private byte[] signed(final long nonce, final int value) {
        final FilecoinMessage message =
                new FilecoinMessage(
                        FilecoinAddress.ofId(1000),
                        key.address(),
                        0,
                        BigInteger.valueOf(value),
                        1000,
                        BigInteger.TEN,
                        BigInteger.ONE,
                        0,
                        new byte[0]);
        return ((Signing.Signed) FilecoinDraft.of(message, key).sign(nonce)).bytes();
    }

    private void apply(final Event event) {
        final byte[] bytes =
                BatchEncoder.encode(
                        new EventBatch(
                                TERM,
                                ledger.nextSequence(),
                                ledger.lastTimestampNs() + 1,
                                List.of(event)));
        final BatchDecoder batch =
                new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        assertThat(ledger.apply(TERM, batch)).isInstanceOf(ApplyOutcome.Applied.class);
        feed.onApplied(batch);
    }

    private static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static final class Subscriber implements ChannelSink {
        final List<String> values = new ArrayList<>();
        boolean closed;

        @Override
        public boolean offer(final RawJson value) {
            values.add(value.toString());
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
