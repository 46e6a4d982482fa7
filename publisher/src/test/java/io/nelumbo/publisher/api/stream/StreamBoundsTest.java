package io.nelumbo.publisher.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamMessage;
import io.nelumbo.publisher.client.stream.StreamReply;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import io.nelumbo.publisher.stream.v1.Receipts;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What the door does not take, and what becomes of a stream then. */
final class StreamBoundsTest {
    private static final String ALL = "Bearer sign,write";

    @Test
    void shouldLetNobodyInWithoutACredentialI12() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream nobody = new RawStream(door.address(), null);
                RawStream forger = new RawStream(door.address(), "Bearer forged");
                RawStream basic = new RawStream(door.address(), "Basic sign")) {
            for (final RawStream stream : new RawStream[] {nobody, forger, basic}) {
                assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                assertThat(stream.end().getDescription()).endsWith("; nothing was read");
            }
            assertThat(door.server.streams()).isZero();
        }
    }

    @Test
    void shouldTurnAwayWhoMayOnlyRead() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream reader = new RawStream(door.address(), "Bearer read,admin")) {
            assertThat(reader.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void shouldAskForSignAndWriteApart() throws Exception {
        try (StreamFixture door = new StreamFixture()) {
            final StreamMessage signed = new StreamMessage(null, new byte[] {1});
            final StreamMessage unsigned = new StreamMessage(new UUID(1, 1), new byte[] {1});
            assertThat(code(door.client("sign"), signed)).isEqualTo(Refusal.Code.NOT_PERMITTED);
            assertThat(code(door.client("write"), unsigned)).isEqualTo(Refusal.Code.NOT_PERMITTED);
            assertThat(door.client("write").publish(signed).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(StreamReply.Published.class);
        }
    }

    @Test
    void shouldRefuseMalformedItemsAndPublishTheOthers() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream stream = new RawStream(door.address(), ALL)) {
            // when
            stream.call.request(100);
            stream.send(
                    PublishBatch.newBuilder()
                            .addItems(Item.newBuilder().setNumber(1))
                            .addItems(sound(2).setRequestId(ByteString.copyFrom(new byte[15])))
                            .addItems(sound(3).setMaxFee("-1"))
                            .addItems(
                                    Item.newBuilder()
                                            .setNumber(4)
                                            .setSignedMessage(ByteString.copyFrom(new byte[9]))
                                            .setRequestId(ByteString.copyFrom(new byte[16])))
                            .addItems(sound(5))
                            .build());

            // then
            final Receipts.Builder all = Receipts.newBuilder();
            while (all.getReceiptsCount() + all.getRefusalsCount() < 5) {
                all.mergeFrom(stream.next());
            }
            assertThat(all.getRefusalsList())
                    .extracting(Refusal::getNumber)
                    .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
            assertThat(all.getRefusalsList())
                    .allSatisfy(
                            refusal -> {
                                assertThat(refusal.getCode()).isEqualTo(Refusal.Code.MALFORMED);
                                assertThat(refusal.getText()).endsWith("; nothing was published");
                            });
            assertThat(all.getReceipts(0).getNumber()).isEqualTo(5);
        }
    }

    @Test
    void shouldEndAStreamThatSendsABatchBeyondTheBoundI10() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream stream = new RawStream(door.address(), ALL)) {
            stream.call.request(1);
            stream.send(batch(StreamLimits.MAX_BATCH_ITEMS + 1, 1));
            assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(stream.end().getDescription())
                    .contains("at most 1024 items", "nothing of this batch");
            assertThat(door.server.messagesInFlight()).isZero();
        }
    }

    @Test
    void shouldAnswerEverythingAfterAHalfClose() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream stream = new RawStream(door.address(), ALL)) {
            // given
            door.desk.holding();
            stream.call.request(100);
            stream.send(batch(1, 1));
            stream.call.halfClose();

            // when
            door.desk.held.poll(20, TimeUnit.SECONDS).publish(3);

            // then
            assertThat(stream.next().getReceipts(0).getNonce()).isEqualTo(3);
            assertThat(stream.end().getCode()).isEqualTo(Status.Code.OK);
        }
    }

    @Test
    void shouldNotReadOnWhileAStreamHasTooMuchInFlightI10() throws Exception {
        try (StreamFixture door = new StreamFixture(StreamFixture.limits(10, 4096, 8));
                RawStream stream = new RawStream(door.address(), ALL)) {
            // given: three batches are sent, and one fills the bound
            door.desk.holding();
            stream.call.request(100);
            for (int i = 0; i < 3; i++) {
                stream.send(batch(10, 1));
            }
            await(() -> door.desk.held.size() == 10);
            assertThat(door.server.messagesInFlight()).isEqualTo(10);

            // when
            door.desk.held.poll().publish(0);

            // then: there is room for one message, so one more batch comes in
            await(() -> door.desk.held.size() == 19);
            assertThat(door.server.messagesInFlight()).isEqualTo(19);
        }
    }

    @Test
    void shouldRefuseWhatIsTooMuchForAllStreamsTogetherI10() throws Exception {
        try (StreamFixture door = new StreamFixture(StreamFixture.limits(100, 10, 8));
                RawStream first = new RawStream(door.address(), ALL);
                RawStream second = new RawStream(door.address(), ALL)) {
            // given
            door.desk.holding();
            first.call.request(100);
            first.send(batch(10, 1));
            await(() -> door.desk.held.size() == 10);

            // when
            second.call.request(100);
            second.send(batch(1, 1));

            // then
            final Refusal refusal = second.next().getRefusals(0);
            assertThat(refusal.getCode()).isEqualTo(Refusal.Code.OVERLOADED);
            assertThat(refusal.getRetryAfterMs()).isPositive();
            assertThat(refusal.getText()).contains("full; nothing was published; try again");
            await(() -> door.server.messagesInFlight() == 10);
        }
    }

    @Test
    void shouldNotSayNothingWasPublishedOfWhatABrokenStreamMayHaveBroughtBeforeI4()
            throws Exception {
        try (StreamFixture door = new StreamFixture(StreamFixture.limits(100, 10, 8));
                RawStream first = new RawStream(door.address(), ALL);
                RawStream second = new RawStream(door.address(), ALL)) {
            // given: a stream breaks whose messages are still in flight
            door.desk.holding();
            final PublishBatch.Builder batch = PublishBatch.newBuilder();
            for (int i = 0; i < 9; i++) {
                batch.addItems(named(i));
            }
            batch.addItems(Item.newBuilder().setSignedMessage(ByteString.copyFrom(new byte[] {9})));
            first.send(batch.build());
            await(() -> door.desk.held.size() == 10);
            first.call.cancel("lost", null);
            await(() -> door.server.streams() == 1);

            // when: its client repeats them
            second.call.request(100);
            second.send(batch.build());

            // then
            final Receipts.Builder all = Receipts.newBuilder();
            while (all.getRefusalsCount() < 10) {
                all.mergeFrom(second.next());
            }
            assertThat(all.getRefusalsList())
                    .allSatisfy(
                            refusal -> {
                                assertThat(refusal.getCode()).isEqualTo(Refusal.Code.OVERLOADED);
                                assertThat(refusal.getText())
                                        .doesNotContain("nothing was published")
                                        .contains("this attempt published nothing; an earlier one");
                            });
        }
    }

    @Test
    void shouldOpenNoMoreStreamsThanTheBoundI10() throws Exception {
        try (StreamFixture door = new StreamFixture(StreamFixture.limits(100, 100, 1));
                RawStream first = new RawStream(door.address(), ALL)) {
            await(() -> door.server.streams() == 1);
            try (RawStream second = new RawStream(door.address(), ALL)) {
                assertThat(second.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            }
            first.call.cancel("enough", null);
            await(() -> door.server.streams() == 0);
        }
    }

    @Test
    void shouldEndAStreamWhoseClientDoesNotTakeItsAnswersI10() throws Exception {
        try (StreamFixture door = new StreamFixture(patient(Duration.ofSeconds(1)));
                RawStream stream = new RawStream(door.address(), ALL)) {
            await(() -> door.server.streams() == 1);

            // when: answers of 3 MB come back, and the client asks for none
            sendWhatIsTooMuchToTake(stream);

            // then: nothing of it counts any more but the stream, until its client knows
            await(() -> door.desk.published() == 3000);
            await(() -> door.server.messagesInFlight() == 0);
            assertThat(door.server.streams()).isEqualTo(1);
            stream.call.request(Integer.MAX_VALUE);
            assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(stream.end().getDescription()).startsWith("too slow").contains("send it");
            await(() -> door.server.streams() == 0);
            assertThat(door.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseTheConnectionOfAClientThatDoesNotEvenTakeTheEndI10() throws Exception {
        try (StreamFixture door = new StreamFixture();
                RawStream stream = new RawStream(door.address(), ALL)) {
            await(() -> door.server.streams() == 1);

            // when
            sendWhatIsTooMuchToTake(stream);

            // then
            await(() -> door.server.connections() == 0);
            await(() -> door.server.streams() == 0 && door.server.messagesInFlight() == 0);
        }
    }

    @Test
    void shouldTellOfWhatIsInFlightWhenTheNodeStopsAndGoOnWithTheNextOne() throws Exception {
        final StreamFixture door = new StreamFixture();
        final StreamMessage message = new StreamMessage(new UUID(1, 1), new byte[] {1});
        door.desk.holding();
        final InetSocketAddress address = door.address();
        final StreamClient client = door.client("sign");
        final var reply = client.publish(message);
        await(() -> door.desk.held.size() == 1);

        // when
        door.server.close();

        // then
        final StreamReply.OutcomeUnknown unknown =
                (StreamReply.OutcomeUnknown) reply.get(20, TimeUnit.SECONDS);
        assertThat(unknown.why()).contains("UNAVAILABLE", "this node stops");
        assertThat(unknown.requestId()).isEqualTo(new UUID(1, 1));

        // and: another process takes the place
        try (StreamServer next =
                StreamServer.start(
                        address, StreamFixture.BY_NAME, new FakeDesk(), StreamLimits.standard())) {
            await(() -> isPublished(client, message));
            assertThat(next.streams()).isEqualTo(1);
        } finally {
            client.close();
        }
        assertThat(client.publish(message).get(20, TimeUnit.SECONDS))
                .isInstanceOf(StreamReply.NotSent.class);
    }

    /** Three batches whose receipts are larger than what may stand in the client's window. */
    private static void sendWhatIsTooMuchToTake(final RawStream stream) {
        for (int i = 0; i < 3; i++) {
            stream.send(batch(1000, 1000));
        }
    }

    private static StreamLimits patient(final Duration takeTimeout) {
        final StreamLimits limits = StreamFixture.limits(4096, 4096, 256);
        return new StreamLimits(
                limits.maxConnections(),
                limits.maxStreams(),
                limits.perStream(),
                limits.inAll(),
                takeTimeout,
                limits.endGrace());
    }

    private static boolean isPublished(final StreamClient client, final StreamMessage message) {
        try {
            return client.publish(message).get(20, TimeUnit.SECONDS)
                    instanceof StreamReply.Published;
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Refusal.Code code(final StreamClient client, final StreamMessage message)
            throws Exception {
        return ((StreamReply.Refused) client.publish(message).get(20, TimeUnit.SECONDS)).code();
    }

    private static Item.Builder sound(final int number) {
        return Item.newBuilder()
                .setNumber(number)
                .setMessage(ByteString.copyFrom(new byte[] {(byte) number}));
    }

    private static Item named(final int number) {
        return sound(number)
                .setRequestId(ByteString.copyFrom(GatewayFixture.filled(16, number)))
                .build();
    }

    private static PublishBatch batch(final int items, final int bytes) {
        final PublishBatch.Builder batch = PublishBatch.newBuilder().setReturnSigned(true);
        for (int i = 0; i < items; i++) {
            batch.addItems(
                    Item.newBuilder()
                            .setNumber(i)
                            .setMessage(ByteString.copyFrom(new byte[bytes])));
        }
        return batch.build();
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
