package io.nelumbo.statemachine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.journal.chronicle.JournalCycle;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.statemachine.ledger.Events;
import io.nelumbo.statemachine.ledger.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** I7: what is folded into a ledger was verified, although another thread reads and verifies it. */
@Timeout(60)
final class BrokenJournalTest {

    private static final int BATCHES = 200;
    private static final int BROKEN = 150;

    @TempDir Path folder;

    @Test
    void shouldFailWhereAByteWasFlippedAndFoldWhatIsWhole_I7() throws IOException {
        // given
        final TestCluster cluster = TestCluster.withAccounts(1);
        for (int nonce = 0; cluster.applied().size() < BATCHES; nonce++) {
            cluster.with(Events.message(0, nonce, nonce));
        }
        final List<byte[]> batches = cluster.applied().stream().map(BatchEncoder::encode).toList();
        write(batches);
        assertThat(replayed().ledger().digest()).isEqualTo(cluster.ledger().digest());

        // when
        flipLastByteOf(batches.get(BROKEN));

        // then
        assertThatThrownBy(this::replayed)
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("is damaged in")
                .hasMessageContaining("raft index " + (BROKEN - 1));
    }

    private void write(final List<byte[]> batches) {
        final ChronicleJournalOptions options =
                new ChronicleJournalOptions(JournalCycle.DAY, 64 * 1024, 0, Duration.ZERO);
        try (ChronicleJournal journal = ChronicleJournal.open(folder, options)) {
            for (int index = 0; index < batches.size(); index++) {
                final byte[] batch = batches.get(index);
                journal.append(1, index, new UnsafeBuffer(batch), 0, batch.length);
            }
            journal.force();
        }
    }

    private Replay replayed() {
        try (ChronicleJournalReader reader = ChronicleJournalReader.open(folder)) {
            return Replay.of(reader);
        }
    }

    private void flipLastByteOf(final byte[] batch) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".cq4")).toList();
        }
        for (final Path file : files) {
            final byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at + batch.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + batch.length, batch, 0, batch.length)) {
                    bytes[at + batch.length - 1] ^= 1;
                    Files.write(file, bytes);
                    return;
                }
            }
        }
        throw new AssertionError("expected the batch in one of " + files);
    }
}
