package io.nelumbo.statemachine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are not a snapshot give a SnapshotFailure, and nothing else. */
final class HostileSnapshotTest {

    private static final int CHECKSUM_BYTES = 32;

    private final Ledger ledger = SnapshotTest.busyLedger();
    private final byte[] good = SnapshotTest.bytesOf(ledger);

    @Test
    void shouldFailWhenItEndsEarly() {
        for (int length = 0; length < good.length; length += 1 + length / 200) {
            assertFails(Arrays.copyOf(good, length));
        }
        assertFails(Arrays.copyOf(good, good.length - 1));
    }

    @Test
    void shouldFailWhenMoreFollows() {
        assertFails(Arrays.copyOf(good, good.length + 1));
    }

    @Test
    void shouldFailWhenAnyByteIsFlipped() {
        for (int at = 0; at < good.length; at += at < 600 ? 1 : 7) {
            final byte[] bad = good.clone();
            bad[at] ^= 0x10;
            assertFails(bad);
        }
    }

    /** A valid checksum proves nothing about a file that somebody made up. */
    @Test
    void shouldFailOrGiveAWholeLedgerWhenFieldsAreForged() {
        final long seed = System.nanoTime();
        System.out.println("HostileSnapshotTest seed " + seed);
        final Random random = new Random(seed);
        int accepted = 0;
        for (int n = 0; n < 3000; n++) {
            final byte[] forged = good.clone();
            final int at =
                    random.nextInt(Math.min(n % 2 == 0 ? 500 : forged.length, forged.length) - 40);
            for (int b = 0; b <= random.nextInt(8); b++) {
                forged[at + b] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            seal(forged);
            try {
                final Snapshot read = SnapshotReader.read(new ByteArrayInputStream(forged));
                assertThat(SnapshotTest.bytesOf(read.ledger()).length).isPositive();
                accepted++;
            } catch (final SnapshotFailure expected) {
                assertThat(expected.getMessage()).startsWith("expected");
            }
        }
        assertThat(accepted).isBetween(1, 2999);
    }

    @Test
    void shouldSayWhichVersionWhenTheFormatIsNewer() {
        good[8] = 3;
        seal(good);

        assertThatThrownBy(() -> SnapshotReader.read(new ByteArrayInputStream(good)))
                .isInstanceOf(SnapshotVersionUnknown.class)
                .hasMessageContaining("expected snapshot format 2 but was 3");
    }

    @Test
    void shouldFailWhenTheStreamFails() {
        assertThatThrownBy(
                        () ->
                                SnapshotReader.read(
                                        new InputStream() {
                                            @Override
                                            public int read() throws IOException {
                                                throw new IOException("disk gone");
                                            }
                                        }))
                .isInstanceOf(SnapshotStreamFailed.class)
                .hasRootCauseMessage("disk gone");
        assertThatThrownBy(
                        () ->
                                SnapshotWriter.write(
                                        snapshot(ledger.nextSequence(), 70),
                                        new OutputStream() {
                                            @Override
                                            public void write(final int b) throws IOException {
                                                throw new IOException("disk full");
                                            }
                                        }))
                .isInstanceOf(SnapshotStreamFailed.class)
                .hasRootCauseMessage("disk full");
    }

    @Test
    void shouldFailWhenJournalAndLedgerDoNotBelongTogether() {
        assertThatThrownBy(() -> snapshot(ledger.nextSequence() - 1, 70))
                .isInstanceOf(SnapshotDamaged.class)
                .hasMessageContaining("sequence");
        assertThatThrownBy(() -> snapshot(ledger.nextSequence(), 78))
                .isInstanceOf(SnapshotDamaged.class)
                .hasMessageContaining("Raft index");
    }

    private Snapshot snapshot(final long nextSequence, final long journalIndex) {
        return new Snapshot(
                3, 77, new JournalPosition(2, journalIndex, nextSequence, 5, new byte[32]), ledger);
    }

    private static void assertFails(final byte[] bad) {
        assertThatThrownBy(() -> SnapshotReader.read(new ByteArrayInputStream(bad)))
                .isInstanceOf(SnapshotFailure.class);
    }

    private static void seal(final byte[] bytes) {
        final MessageDigest sha256 = SnapshotFormat.sha256();
        sha256.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
        System.arraycopy(sha256.digest(), 0, bytes, bytes.length - CHECKSUM_BYTES, CHECKSUM_BYTES);
    }
}
