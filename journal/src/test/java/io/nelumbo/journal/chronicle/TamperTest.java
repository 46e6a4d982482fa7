package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a journal's bytes, it is found, and never taken for the truth. */
final class TamperTest {

    private static final ChronicleJournalOptions OPTIONS = TestJournals.OPTIONS;

    private final Batches batches = new Batches(Batches.SECOND_NS);

    @TempDir Path temp;

    @Test
    void shouldFindAnyByteThatIsFlippedInAnyRecord_I7() {
        // given
        final Path folder = temp.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 3);
        }
        final Random random = new Random(20231114);

        for (final Disk.Extent record : Disk.records(folder)) {
            for (long at = record.begin(); at < record.end(); at++) {
                // when
                final int mask = 1 << random.nextInt(8);
                Disk.flip(record.file(), at, mask);

                // then
                assertThat(JournalVerifier.verify(folder))
                        .as("bit %d of byte %d flipped", mask, at)
                        .isInstanceOf(Verification.Broken.class);
                Disk.flip(record.file(), at, mask);
            }
        }
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(3);
    }

    @Test
    void shouldFindARecordThatWasRewrittenWithAValidCrc_I7() throws IOException {
        // given: the same journal, but someone changed one batch and appended the rest anew
        final Path folder = temp.resolve("journal");
        final Path forged = temp.resolve("forged");
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS);
                ChronicleJournal other = ChronicleJournal.open(forged, OPTIONS)) {
            batches.append(journal, 0, 6);
            batches.append(other, 0, 3);
            final byte[] changed = batches.batch(3);
            changed[changed.length - 1] ^= 1;
            Batches.append(other, 3, changed);
        }

        // when
        final Disk.Extent here = Disk.records(folder).get(3);
        final Disk.Extent there = Disk.records(forged).get(3);
        final byte[] forgedFile = Files.readAllBytes(there.file());
        Disk.write(
                here.file(),
                here.begin(),
                java.util.Arrays.copyOfRange(forgedFile, (int) there.begin(), (int) there.end()));

        // then: the forged record is sound in itself, the next one tells
        final Verification.Broken broken = (Verification.Broken) JournalVerifier.verify(folder);
        assertThat(broken.lastSound().raftIndex()).isEqualTo(Batches.raftIndex(3));
        assertThat(broken.fault().expected()).startsWith("previous hash");
    }

    @Test
    void shouldNeverTakeDamageForTheTruthWhenFilesAreDamagedAnywhere() throws IOException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Path live = temp.resolve("live");
        final Path killed = temp.resolve("killed");
        final JournalPosition expected;
        try (ChronicleJournal journal = ChronicleJournal.open(live, OPTIONS)) {
            batches.append(journal, 0, 10);
            journal.force();
            batches.append(journal, 10, 20);
            Disk.copyAsIfKilled(live, killed);
            batches.append(journal, 20, 25);
            expected = journal.last();
        }
        final List<Disk.Extent> records = Disk.records(killed);
        final long end = records.get(records.size() - 1).end() + 64;

        int refused = 0;
        for (int round = 0; round < 60; round++) {
            // given
            final Path folder = temp.resolve("round-" + round);
            Disk.copyAsIfKilled(killed, folder);
            final Path file = folder.resolve(records.get(0).file().getFileName().toString());
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                Disk.flip(file, (long) (random.nextDouble() * end), 1 + random.nextInt(255));
            }

            // when
            try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
                batches.append(journal, indexAfter(journal.last().raftIndex()), 25);

                // then
                assertThat(journal.last()).as("seed %d round %d", seed, round).isEqualTo(expected);
            } catch (final JournalFailure failure) {
                assertThat(failure).hasMessageContaining("journal");
                refused++;
            }
        }
        System.out.println("seed " + seed + ": " + refused + " of 60 starts refused");
    }

    private static int indexAfter(final long raftIndex) {
        int n = 0;
        while (Batches.raftIndex(n) <= raftIndex) {
            n++;
        }
        return n;
    }
}
