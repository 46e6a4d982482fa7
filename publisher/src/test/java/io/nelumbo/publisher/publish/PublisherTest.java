package io.nelumbo.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.publisher.publish.upstream.UpstreamStatus;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The publisher with its real thread and the real clock. */
final class PublisherTest {

    private static final Address ADDRESS = new Address(ChainKind.FILECOIN, TestMessage.address(0));

    private final Ledger ledger = new Ledger();
    private final BatchDecoder decoder = new BatchDecoder();
    private final BlockingQueue<TestMessage> pushed = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final Publisher publisher =
            new Publisher(
                    Map.of(ChainKind.FILECOIN, List.of(new AcceptingUpstream())),
                    ledger,
                    this::offered,
                    PublishOptions.defaults(),
                    FillPolicy.HOLD,
                    (thread, failure) -> failures.add(failure));

    @AfterEach
    void close() {
        publisher.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldOpenAnAccountAndPushWhatIsApplied() throws Exception {
        // given
        apply(new Event.EpochOpened(1, "us"));
        publisher.epochOpened(1);
        // when
        final OpenOutcome opened = publisher.open(ADDRESS).get(20, TimeUnit.SECONDS);
        send("hello");
        send("world");
        // then
        assertThat(opened).isEqualTo(new OpenOutcome.Opened(0));
        assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo(new TestMessage(0, 5, "hello"));
        assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo(new TestMessage(0, 6, "world"));
        final PublisherStatus status = publisher.status().get(20, TimeUnit.SECONDS);
        assertThat(status.term()).isEqualTo(1);
        assertThat(status.unconfirmedMessages()).isEqualTo(2);
        assertThat(status.upstreams())
                .extracting(UpstreamStatus::name)
                .containsExactly("accepting");
    }

    @Test
    void shouldPushTheOutboxOfALedgerThatItFinds() throws Exception {
        // given: a follower has applied a message
        apply(new Event.EpochOpened(1, "another"));
        apply(new Event.AccountOpened(0, ChainKind.FILECOIN, ADDRESS.bytes(), 5));
        send("hello");
        assertThat(pushed).isEmpty();
        // when
        apply(new Event.EpochOpened(2, "us"));
        publisher.epochOpened(2);
        // then
        assertThat(pushed.poll(20, TimeUnit.SECONDS)).isEqualTo(new TestMessage(0, 5, "hello"));
    }

    @Test
    void shouldAnswerEverythingAfterItIsClosed() throws Exception {
        // when
        publisher.close();
        // then
        assertThat(publisher.open(ADDRESS).get(20, TimeUnit.SECONDS))
                .isEqualTo(new OpenOutcome.AskAgain());
        assertThat(publisher.status().get(20, TimeUnit.SECONDS).term()).isZero();
    }

    private void send(final String text) {
        final TestMessage message = new TestMessage(0, ledger.nextNonce(0), text);
        apply(
                new Event.MessageSequenced(
                        0,
                        message.nonce(),
                        new RequestId(1, message.nonce()),
                        new byte[32],
                        new byte[8],
                        new byte[8],
                        message.bytes(),
                        message.hash()));
    }

    private CompletableFuture<CommandOutcome> offered(final Event event) {
        apply(event);
        return CompletableFuture.completedFuture(
                new CommandOutcome.Committed(ledger.nextSequence() - 1));
    }

    private synchronized void apply(final Event event) {
        final long term =
                event instanceof Event.EpochOpened opened ? opened.term() : ledger.epoch();
        final byte[] batch =
                BatchEncoder.encode(
                        new EventBatch(
                                term,
                                ledger.nextSequence(),
                                ledger.lastTimestampNs() + 1,
                                List.of(event)));
        decoder.wrap(new UnsafeBuffer(batch), 0, batch.length);
        assertThat(ledger.apply(term, decoder)).isInstanceOf(ApplyOutcome.Applied.class);
        publisher.onApplied(decoder);
    }

    /** Accepts everything, executes nothing. */
    private final class AcceptingUpstream implements Upstream {
        @Override
        public String name() {
            return "accepting";
        }

        @Override
        public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
            signedMessages.forEach(bytes -> pushed.add(TestMessage.of(bytes)));
            return CompletableFuture.completedFuture(
                    Collections.nCopies(signedMessages.size(), new PushOutcome.Accepted()));
        }

        @Override
        public CompletableFuture<Long> nextNonce(final Address account) {
            return CompletableFuture.completedFuture(5L);
        }

        @Override
        public CompletableFuture<List<Long>> pendingNonces(final Address account) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<NonceAtHeight> executedNonce(
                final Address account, final int depth) {
            return CompletableFuture.completedFuture(new NonceAtHeight(5, 1));
        }

        @Override
        public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Long> headHeight() {
            return CompletableFuture.completedFuture(1L);
        }
    }
}
