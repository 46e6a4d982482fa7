package io.nelumbo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class RecordTest {

    private static final EventBatch BATCH =
            new EventBatch(
                    5, 9, 1_700_000_000_000_000_000L, List.of(new Event.RequestIdsExpired(3)));
    private static final JournalPosition BEFORE =
            new JournalPosition(4, 6, 9, 1_699_999_999_999_999_999L, HashChain.genesis());

    /** Field by field as RecordLayout says; hash and CRC were computed by another program. */
    private static final String GOLDEN =
            "4e4c4d4a 0100 8000"
                    + " 0500000000000000 0700000000000000 0500000000000000 0900000000000000"
                    + " 00002a36fe9c9717 01000000 38000000"
                    + " 7c82b903e08e45469ea2b9a2fad18e578d6d2d78963b0826a98b4100ef768c2d"
                    + " 6225e66f10db1ea4235235fb2e44f7c14990de4f30bdf5bb5b4181b5c2bafa33"
                    + " 00000000 1471cfe1"
                    + " 1c00640001000100 0500000000000000 0900000000000000 00002a36fe9c9717 01000000"
                    + " 10000000 08000b0001000100 0300000000000000";

    @Test
    void shouldWriteTheGoldenBytesOfFormatVersion1() {
        assertThat(encode(BATCH)).isEqualTo(HexFormat.of().parseHex(GOLDEN.replace(" ", "")));
    }

    @Test
    void shouldDeriveTheGenesisHashFromItsText() throws Exception {
        assertThat(HashChain.genesis())
                .isEqualTo(
                        MessageDigest.getInstance("SHA-256")
                                .digest(
                                        "nelumbo journal, record format 1, genesis"
                                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldHashPreviousHashThenHeaderThenPayload() throws Exception {
        // given
        final byte[] record = encode(BATCH);

        // when
        final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(HashChain.genesis());
        sha256.update(record, 0, 56);
        sha256.update(record, 128, record.length - 128);
        final CRC32C crc = new CRC32C();
        crc.update(record, 0, 124);
        crc.update(record, 128, record.length - 128);

        // then
        assertThat(Arrays.copyOfRange(record, 88, 120)).isEqualTo(sha256.digest());
        assertThat(ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt(124))
                .isEqualTo((int) crc.getValue());
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        // given
        final byte[] record = encode(BATCH);
        final RecordDecoder decoder = new RecordDecoder();

        // when
        final Fault fault = decoder.wrap(record, 0, record.length);

        // then
        assertThat(fault).isNull();
        assertThat(decoder.faultAfter(BEFORE)).isNull();
        assertThat(decoder.payloadFault(new BatchDecoder())).isNull();
        assertThat(decoder.toBytes()).isEqualTo(record);
        final JournalRecord read = decoder.toRecord();
        assertThat(read.raftTerm()).isEqualTo(5);
        assertThat(read.raftIndex()).isEqualTo(7);
        assertThat(read.epoch()).isEqualTo(5);
        assertThat(read.firstSequence()).isEqualTo(9);
        assertThat(read.count()).isEqualTo(1);
        assertThat(read.timestampNs()).isEqualTo(1_700_000_000_000_000_000L);
        assertThat(read.previousHash()).isEqualTo(HashChain.genesis());
        assertThat(read.events()).usingRecursiveComparison().isEqualTo(BATCH);
        assertThat(decoder.position())
                .isEqualTo(new JournalPosition(5, 7, 10, 1_700_000_000_000_000_000L, read.hash()));
    }

    @Test
    void shouldTellWhatIsWrongWhenARecordDoesNotFollow() {
        final byte[] record = encode(BATCH);
        final RecordDecoder decoder = new RecordDecoder();
        decoder.wrap(record, 0, record.length);
        final byte[] hash = HashChain.genesis();
        final long time = BEFORE.timestampNs();

        assertFault(decoder, new JournalPosition(4, 7, 9, time, hash), "a Raft index above 7");
        assertFault(decoder, new JournalPosition(6, 6, 9, time, hash), "a Raft term from 6 on");
        assertFault(decoder, new JournalPosition(4, 6, 8, time, hash), "first sequence 8");
        assertFault(decoder, new JournalPosition(4, 6, 9, time + 1, hash), "a timestamp above");
        assertFault(decoder, new JournalPosition(4, 6, 9, time, new byte[32]), "previous hash 00");
    }

    @Test
    void shouldFindAnyFlippedBit() {
        final byte[] record = encode(BATCH);
        final RecordDecoder decoder = new RecordDecoder();
        for (int bit = 0; bit < 8 * record.length; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(decoder.wrap(record, 0, record.length)).as("bit %d", bit).isNotNull();
            record[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void shouldNameTheUpgradeWhenFormatIsNewer() {
        // given
        final byte[] record = encode(BATCH);
        record[RecordLayout.FORMAT_VERSION_OFFSET] = 2;
        final int crc = RecordEncoder.crcOf(new CRC32C(), record, 0, record.length);
        ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(RecordLayout.CRC_OFFSET, crc);

        // when
        final Fault fault = new RecordDecoder().wrap(record, 0, record.length);

        // then
        assertThat(fault).isEqualTo(new Fault("record format 1; upgrade this program", "format 2"));
    }

    @Property(tries = 1000)
    void shouldFindAFaultInAnyOtherBytes(@ForAll @Size(max = 300) final byte[] bytes) {
        assertThat(new RecordDecoder().wrap(bytes, 0, bytes.length)).isNotNull();
    }

    private static void assertFault(
            final RecordDecoder decoder, final JournalPosition after, final String expected) {
        final Fault fault = decoder.faultAfter(after);
        assertThat(fault).isNotNull();
        assertThat(fault.expected()).startsWith(expected);
    }

    private static byte[] encode(final EventBatch batch) {
        final byte[] bytes = BatchEncoder.encode(batch);
        final RecordEncoder encoder = new RecordEncoder();
        final int length =
                encoder.encode(
                        5,
                        7,
                        new BatchDecoder().wrap(new UnsafeBuffer(bytes), 0, bytes.length),
                        HashChain.genesis());
        return Arrays.copyOf(encoder.array(), length);
    }
}
