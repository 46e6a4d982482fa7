package io.nelumbo.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever stands in a Raft entry, a node either reads it, rejects it, or halts knowingly. */
final class HostileBytesTest {

    private static final int VERSION_AT = 6;
    private static final int COUNT_AT = 32;
    private static final int EVENT_AT = 36;
    private static final int EVENT_TEMPLATE_AT = EVENT_AT + 4 + 2;

    @Provide
    Arbitrary<EventBatch> batches() {
        return EventArbitraries.batches();
    }

    @Property(tries = 2000)
    void shouldRefuseOrReadWhenBytesAreArbitrary(@ForAll @Size(max = 300) final byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void shouldRefuseOrReadWhenAnyBytesOfABatchAreChanged(
            @ForAll("batches") final EventBatch batch,
            @ForAll @Size(min = 1, max = 4) final List<@IntRange(min = 0) Integer> places,
            @ForAll final byte value) {
        // given
        final byte[] bytes = BatchEncoder.encode(batch);
        for (final int place : places) {
            bytes[place % bytes.length] = value;
        }

        // when, then
        readOrRefuse(bytes);
    }

    @Property(tries = 500)
    void shouldRefuseWhenABatchIsCutShortOrHasMoreBehindIt(
            @ForAll("batches") final EventBatch batch, @ForAll @IntRange(min = 0) final int place) {
        // given
        final byte[] bytes = BatchEncoder.encode(batch);
        final byte[] shorter = Arrays.copyOf(bytes, place % bytes.length);
        final byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + place % 64);

        // when, then
        assertRefused(shorter);
        assertRefused(longer);
    }

    @Property(tries = 500)
    void shouldNeverReadOutsideItsRangeWhenNeighboursDiffer(
            @ForAll("batches") final EventBatch batch,
            @ForAll @IntRange(min = 0) final int place,
            @ForAll final byte value) {
        // given
        final byte[] bytes = BatchEncoder.encode(batch);
        bytes[place % bytes.length] = value;

        // when
        final String amongZeros = outcomeAmong(bytes, (byte) 0);
        final String amongOnes = outcomeAmong(bytes, (byte) 1);

        // then
        assertThat(amongZeros).isEqualTo(amongOnes);
    }

    @Test
    void shouldNotLoopWhenCountClaimsFourBillionEvents() {
        final UnsafeBuffer batch = batch();
        batch.putInt(COUNT_AT, -1);
        assertRefused(batch.byteArray());
    }

    @Test
    void shouldRefuseWhenCountIsZero() {
        final byte[] header = Arrays.copyOf(batch().byteArray(), EVENT_AT);
        new UnsafeBuffer(header).putInt(COUNT_AT, 0);
        assertRefused(header);
    }

    @Test
    void shouldRefuseWhenEventLengthIsNegativeAsAnInt() {
        final UnsafeBuffer batch = batch();
        batch.putInt(EVENT_AT, -8);
        assertRefused(batch.byteArray());
    }

    @Test
    void shouldTellUnknownFromMalformedWhenEventKindIsNew() {
        final UnsafeBuffer batch = batch();
        batch.putShort(EVENT_TEMPLATE_AT, (short) 13);
        assertUnknown(batch.byteArray());
    }

    @Test
    void shouldTellUnknownFromMalformedWhenSchemaVersionIsNewer() {
        final UnsafeBuffer ofHeader = batch();
        ofHeader.putShort(VERSION_AT, (short) 2);
        assertUnknown(ofHeader.byteArray());

        final UnsafeBuffer ofEvent = batch();
        ofEvent.putShort(EVENT_AT + 4 + VERSION_AT, (short) 2);
        assertUnknown(ofEvent.byteArray());
    }

    @Test
    void shouldRefuseWhenRangeIsNotInsideTheBuffer() {
        final UnsafeBuffer batch = batch();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> new BatchDecoder().wrap(batch, 1, batch.capacity()));
    }

    private static UnsafeBuffer batch() {
        return new UnsafeBuffer(
                BatchEncoder.encode(
                        new EventBatch(1, 0, 1, List.of(new Event.LaneHalted(3, "why")))));
    }

    private static void readOrRefuse(final byte[] bytes) {
        outcomeAmong(bytes, (byte) 0x5A);
    }

    /** What reading gives, with neighbours on both sides that must not matter. */
    private static String outcomeAmong(final byte[] bytes, final byte neighbour) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 32]);
        buffer.setMemory(0, buffer.capacity(), neighbour);
        buffer.putBytes(16, bytes);
        try {
            final EventBatch read =
                    new BatchDecoder().wrap(buffer, 16, bytes.length).toEventBatch();
            return Arrays.toString(BatchEncoder.encode(read));
        } catch (final MalformedBatch | UnknownEvent refused) {
            return refused.getClass() + ": " + refused.getMessage();
        }
    }

    private static void assertRefused(final byte[] bytes) {
        assertThatExceptionOfType(MalformedBatch.class)
                .isThrownBy(
                        () -> new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    private static void assertUnknown(final byte[] bytes) {
        assertThatExceptionOfType(UnknownEvent.class)
                .isThrownBy(
                        () -> new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }
}
