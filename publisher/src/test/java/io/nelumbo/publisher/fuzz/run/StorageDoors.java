package io.nelumbo.publisher.fuzz.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.RecordDecoder;
import io.nelumbo.journal.RecordEncoder;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.codec.MalformedBatch;
import io.nelumbo.journal.codec.UnknownEvent;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.statemachine.identity.MalformedIdentity;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.Snapshot;
import io.nelumbo.statemachine.snapshot.SnapshotFailure;
import io.nelumbo.statemachine.snapshot.SnapshotReader;
import io.nelumbo.statemachine.snapshot.SnapshotWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a disk or a peer gives back: batches, journal records, snapshots, identities. Checksums are
 * made right first, because whoever forges the bytes forges those, too.
 */
final class StorageDoors {
    private static final byte[] HASH = new byte[32];
    private static final byte[] PREFIX = new byte[8];
    private static final byte[] BATCH = BatchEncoder.encode(batch());
    private static final int RECORD_HEADER_BYTES = 128;
    private static final int RECORD_CRC_AT = 124;

    private StorageDoors() {}

    static Stream<Door> all() {
        return Stream.of(
                new Door("batch", List.of(BATCH), StorageDoors::takesBatch),
                new Door("journal-record", List.of(record()), StorageDoors::takesRecord),
                new Door("snapshot", List.of(snapshot()), StorageDoors::takesSnapshot),
                new Door(
                        "identity",
                        List.of(PeerIdentity.generate().encode()),
                        StorageDoors::takesIdentity));
    }

    private static boolean takesBatch(final byte[] bytes) {
        final EventBatch batch;
        try {
            batch = decoded(bytes).toEventBatch();
        } catch (final MalformedBatch | UnknownEvent refused) {
            return false;
        }
        // Not the same bytes: a reason that is no UTF-8 is read all the same, by all nodes alike.
        final byte[] written = BatchEncoder.encode(batch);
        assertThat(BatchEncoder.encode(decoded(written).toEventBatch())).isEqualTo(written);
        // I6: a batch that can be read is applied or rejected whole, whatever it says.
        final Ledger ledger = new Ledger();
        final byte[] before = ledger.digest();
        if (!(ledger.apply(batch.epoch(), decoded(bytes)) instanceof ApplyOutcome.Applied)) {
            assertThat(ledger.digest()).isEqualTo(before);
        }
        return true;
    }

    private static boolean takesRecord(final byte[] bytes) {
        if (bytes.length > RECORD_HEADER_BYTES) {
            final CRC32C crc = new CRC32C();
            crc.update(bytes, 0, RECORD_CRC_AT);
            crc.update(bytes, RECORD_HEADER_BYTES, bytes.length - RECORD_HEADER_BYTES);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(RECORD_CRC_AT, (int) crc.getValue());
        }
        final RecordDecoder record = new RecordDecoder();
        if (record.wrap(bytes, 0, bytes.length) != null) {
            return false;
        }
        assertThat(record.toBytes()).isEqualTo(bytes);
        assertThat(record.toRecord().payload()).isEqualTo(record.payload());
        final boolean follows = record.faultAfter(JournalPosition.genesis()) == null;
        try {
            return record.payloadFault(new BatchDecoder()) == null && follows;
        } catch (final UnknownEvent newer) {
            return false;
        }
    }

    private static boolean takesSnapshot(final byte[] bytes) throws GeneralSecurityException {
        if (bytes.length >= HASH.length) {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, bytes.length - HASH.length);
            System.arraycopy(sha256.digest(), 0, bytes, bytes.length - HASH.length, HASH.length);
        }
        final Snapshot read;
        try {
            read = SnapshotReader.read(new ByteArrayInputStream(bytes));
        } catch (final SnapshotFailure refused) {
            return false;
        }
        final byte[] written = written(read);
        assertThat(SnapshotReader.read(new ByteArrayInputStream(written)).ledger().digest())
                .isEqualTo(read.ledger().digest());
        return true;
    }

    private static boolean takesIdentity(final byte[] bytes) {
        try {
            assertThat(PeerIdentity.decode(bytes).encode()).isEqualTo(bytes);
            return true;
        } catch (final MalformedIdentity refused) {
            return false;
        }
    }

    private static EventBatch batch() {
        final RequestId id = new RequestId(1, 2);
        return new EventBatch(
                3,
                0,
                1,
                List.of(
                        new Event.EpochOpened(3, "leader"),
                        new Event.AccountOpened(0, ChainKind.FILECOIN, new byte[] {0, 1}, 5),
                        new Event.MessageSequenced(
                                0, 5, id, HASH, PREFIX, PREFIX, "signed".getBytes(UTF_8), HASH),
                        new Event.NonceConfirmed(0, 6, 77),
                        new Event.LaneHalted(0, "why"),
                        new Event.LaneResumed(0, "because")));
    }

    private static BatchDecoder decoded(final byte[] batch) {
        return new BatchDecoder().wrap(new UnsafeBuffer(batch), 0, batch.length);
    }

    private static byte[] record() {
        final RecordEncoder encoder = new RecordEncoder();
        encoder.encode(3, 0, decoded(BATCH), JournalPosition.genesis().hash());
        return Arrays.copyOf(encoder.array(), encoder.length());
    }

    private static byte[] snapshot() {
        final Ledger ledger = new Ledger();
        ledger.apply(3, decoded(BATCH));
        return written(
                new Snapshot(
                        3,
                        9,
                        new JournalPosition(
                                3, 8, ledger.nextSequence(), ledger.lastTimestampNs(), HASH),
                        ledger));
    }

    private static byte[] written(final Snapshot snapshot) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotWriter.write(snapshot, out);
        return out.toByteArray();
    }
}
