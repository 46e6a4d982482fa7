package io.nelumbo.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {

    private static final byte[] HASH = new byte[32];
    private static final byte[] PREFIX = new byte[8];

    @Provide
    Arbitrary<EventBatch> batches() {
        return EventArbitraries.batches();
    }

    @Property(tries = 500)
    void shouldReadBackWhatWasWrittenWhenBatchHasAnyEvents(
            @ForAll("batches") final EventBatch batch) {
        // given
        final byte[] encoded = BatchEncoder.encode(batch);

        // when
        final EventBatch decoded =
                new BatchDecoder()
                        .wrap(new UnsafeBuffer(encoded), 0, encoded.length)
                        .toEventBatch();

        // then
        assertThat(decoded).usingRecursiveComparison().isEqualTo(batch);
        assertThat(BatchEncoder.encode(decoded)).isEqualTo(encoded);
    }

    @Property(tries = 100)
    void shouldReadTheSameWhenBatchStandsAnywhereInABuffer(
            @ForAll("batches") final EventBatch batch,
            @ForAll @IntRange(min = 1, max = 100) final int offset) {
        // given
        final byte[] encoded = BatchEncoder.encode(batch);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[offset + encoded.length + 7]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xA5);
        buffer.putBytes(offset, encoded);

        // when
        final BatchDecoder decoder = new BatchDecoder().wrap(buffer, offset, encoded.length);

        // then
        assertThat(decoder.toEventBatch()).usingRecursiveComparison().isEqualTo(batch);
        assertThat(decoder.toEventBatch()).usingRecursiveComparison().isEqualTo(batch);
        assertThat(decoder.epoch()).isEqualTo(batch.epoch());
        assertThat(decoder.firstSequence()).isEqualTo(batch.firstSequence());
        assertThat(decoder.timestampNs()).isEqualTo(batch.timestampNs());
        assertThat(decoder.count()).isEqualTo(batch.events().size());
        assertThat(decoder.buffer()).isSameAs(buffer);
        assertThat(decoder.offset()).isEqualTo(offset);
        assertThat(decoder.length()).isEqualTo(encoded.length);
    }

    @Test
    void shouldWriteTheSameBytesWhenMessageComesAsFieldsOrAsRecord() {
        // given
        final Event.MessageSequenced message = Golden.messageSequenced();
        final BatchEncoder encoder = new BatchEncoder(1024);
        encoder.begin(7, 42, 1_700_000_000_000_000_000L);

        // when
        final boolean appended = appendFields(encoder, message);

        // then
        assertThat(appended).isTrue();
        assertThat(bytesOf(encoder))
                .isEqualTo(
                        BatchEncoder.encode(
                                new EventBatch(
                                        7, 42, 1_700_000_000_000_000_000L, List.of(message))));
    }

    @Test
    void shouldBeWholeAfterEveryAppendWhenMoreFollow() {
        // given
        final BatchEncoder encoder = new BatchEncoder(4096);
        final BatchDecoder decoder = new BatchDecoder();
        encoder.begin(1, 0, 1);

        for (int n = 1; n <= 5; n++) {
            // when
            appendFields(encoder, Golden.messageSequenced());

            // then
            assertThat(decoder.wrap(encoder.buffer(), 0, encoder.length()).count()).isEqualTo(n);
            assertThat(encoder.count()).isEqualTo(n);
        }
    }

    @Test
    void shouldChangeNothingWhenEventDoesNotFit() {
        // given
        final Event.MessageSequenced message = Golden.messageSequenced();
        final int oneMessage =
                BatchEncoder.encode(new EventBatch(1, 0, 1, List.of(message))).length;
        final BatchEncoder encoder = new BatchEncoder(2 * oneMessage - 37);
        encoder.begin(1, 0, 1);
        assertThat(encoder.append(message)).isTrue();
        final byte[] before = bytesOf(encoder);

        // when
        final boolean asRecord = encoder.append(message);
        final boolean asFields = appendFields(encoder, message);

        // then
        assertThat(asRecord).isFalse();
        assertThat(asFields).isFalse();
        assertThat(encoder.count()).isEqualTo(1);
        assertThat(bytesOf(encoder)).isEqualTo(before);
    }

    @Test
    void shouldFitExactlyWhenBatchBytesAreExactlyEnough() {
        // given
        final Event.MessageSequenced message = Golden.messageSequenced();
        final int twoMessages =
                BatchEncoder.encode(new EventBatch(1, 0, 1, List.of(message, message))).length;
        final BatchEncoder encoder = new BatchEncoder(twoMessages);
        encoder.begin(1, 0, 1);

        // when
        final boolean both = encoder.append(message) && appendFields(encoder, message);

        // then
        assertThat(both).isTrue();
        assertThat(encoder.length()).isEqualTo(twoMessages);
    }

    @Test
    void shouldForgetTheFormerBatchWhenANewOneBegins() {
        // given
        final BatchEncoder encoder = new BatchEncoder(4096);
        encoder.begin(1, 0, 1);
        encoder.append(Golden.messageSequenced());

        // when
        encoder.begin(2, 1, 2);
        encoder.append(new Event.RequestIdsExpired(9));

        // then
        assertThat(bytesOf(encoder))
                .isEqualTo(
                        BatchEncoder.encode(
                                new EventBatch(2, 1, 2, List.of(new Event.RequestIdsExpired(9)))));
    }

    @Test
    void shouldRefuseValuesThatTheSchemaHasNoRoomFor() {
        // given
        final BatchEncoder encoder = new BatchEncoder(4 << 20);
        encoder.begin(1, 0, 1);
        final int length = encoder.length();

        // when, then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.append(new Event.NonceReorged(-1, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.append(new Event.MessageDisplaced(0, 0, new byte[31])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.append(new Event.ClusterVersionRaised(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                encoder.appendMessageSequenced(
                                        0, 0, 0, 0, HASH, PREFIX, new byte[9], HASH, HASH));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                encoder.appendMessageSequenced(
                                        0,
                                        0,
                                        0,
                                        0,
                                        HASH,
                                        PREFIX,
                                        PREFIX,
                                        new byte[(1 << 20) + 1],
                                        HASH));
        assertThat(encoder.length()).isEqualTo(length);
        assertThat(encoder.count()).isZero();
    }

    @Test
    void shouldRefuseAppendWhenNoBatchWasBegun() {
        assertThatThrownBy(() -> new BatchEncoder(1024).append(new Event.RequestIdsExpired(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("begin");
    }

    private static boolean appendFields(
            final BatchEncoder encoder, final Event.MessageSequenced message) {
        return encoder.appendMessageSequenced(
                message.accountId(),
                message.nonce(),
                message.requestId().high(),
                message.requestId().low(),
                message.requestHash(),
                message.principal(),
                message.signerKeyId(),
                message.signedBytes(),
                message.hash());
    }

    private static byte[] bytesOf(final BatchEncoder encoder) {
        final byte[] bytes = new byte[encoder.length()];
        encoder.buffer().getBytes(0, bytes);
        return bytes;
    }
}
