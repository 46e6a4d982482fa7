package io.nelumbo.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of schema version 1, written out field by field. They stand in Raft logs and journals:
 * a change that breaks this test needs a new schema version, not new constants.
 */
final class GoldenBytesTest {

    /** blockLength 28, template 100, schema 1, version 1; epoch 5, sequence 9, time, count 1. */
    private static final String BATCH_HEADER =
            "1c00 6400 0100 0100" + " 0500000000000000 0900000000000000 00002a36fe9c9717 01000000";

    private static final String NONCE = " 1122334455667788";
    private static final String HASH =
            " 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f";

    /** Length of the event, then blockLength, template, schema 1, version 1; then its fields. */
    private static final List<String> EVENTS =
            List.of(
                    "1c000000 0800 0100 0100 0100 0500000000000000 08000000 313244334b6f6f57",
                    "2e000000 0d00 0200 0100 0100 03000000 01"
                            + NONCE
                            + " 15000000 0102030405060708090a0b0c0d0e0f101112131415",
                    "2d000000 0d00 0200 0100 0100 04000000 02 0000000000000000"
                            + " 14000000 404142434445464748494a4b4c4d4e4f50515253",
                    "85000000 6c00 0300 0100 0100 03000000"
                            + NONCE
                            + " 7766554433221100 ffeeddccbbaa9988"
                            + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
                            + HASH
                            + " a0a1a2a3a4a5a6a7 b0b1b2b3b4b5b6b7"
                            + " 0d000000 c0c1c2c3c4c5c6c7c8c9cacbcc",
                    "44000000 2c00 0400 0100 0100 03000000"
                            + NONCE
                            + HASH
                            + " 05000000 c0c1c2c3c4 03000000 666565",
                    "48000000 2c00 0500 0100 0100 03000000"
                            + NONCE
                            + HASH
                            + " 05000000 c0c1c2c3c4 07000000 746f6f20626967",
                    "1c000000 1400 0600 0100 0100 03000000" + NONCE + " 00093d0000000000",
                    "34000000 2c00 0700 0100 0100 03000000" + NONCE + HASH,
                    "14000000 0c00 0800 0100 0100 03000000" + NONCE,
                    "19000000 0400 0900 0100 0100 03000000 09000000 646973706c6163c3a9",
                    "10000000 0400 0a00 0100 0100 03000000 00000000",
                    "10000000 0800 0b00 0100 0100 8877665544332211",
                    "0c000000 0400 0c00 0100 0100 02000000");

    static Stream<Arguments> goldenEvents() {
        return IntStream.range(0, EVENTS.size())
                .mapToObj(n -> Arguments.of(Golden.events().get(n), EVENTS.get(n)));
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void shouldWriteAndReadTheGoldenBytesOfSchemaVersion1(final Event event, final String hex) {
        // given
        final EventBatch batch = new EventBatch(5, 9, 1_700_000_000_000_000_000L, List.of(event));
        final byte[] golden = bytes(BATCH_HEADER + hex);

        // when
        final byte[] encoded = BatchEncoder.encode(batch);
        final EventBatch decoded =
                new BatchDecoder().wrap(new UnsafeBuffer(golden), 0, golden.length).toEventBatch();

        // then
        assertThat(encoded).isEqualTo(golden);
        assertThat(decoded).usingRecursiveComparison().isEqualTo(batch);
    }

    @Test
    void shouldHaveGoldenBytesForEveryKindOfEvent() {
        assertThat(Golden.events().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    }

    private static byte[] bytes(final String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
