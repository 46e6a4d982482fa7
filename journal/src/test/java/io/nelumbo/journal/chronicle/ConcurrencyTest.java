package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One thread appends; meanwhile others force, look up, serve a peer, and verify from outside. */
final class ConcurrencyTest {

    private static final int BATCHES = 600;
    private static final long DEADLINE_S = 60;

    /** Some twenty batches to a file, so that files change under everyone's feet. */
    private final Batches batches = new Batches(15 * Batches.SECOND_NS);

    @TempDir Path temp;

    @Test
    void shouldShowEveryoneOnlyWholeRecordsInOrderWhileOneThreadAppends() throws Exception {
        final Path folder = temp.resolve("journal");
        final ExecutorService others = Executors.newFixedThreadPool(4);
        final AtomicBoolean appending = new AtomicBoolean(true);
        try (ChronicleJournal journal = ChronicleJournal.open(folder, TestJournals.OPTIONS);
                ChronicleJournal peer =
                        ChronicleJournal.open(temp.resolve("peer"), TestJournals.OPTIONS)) {
            // given
            final List<Future<Integer>> rounds =
                    List.of(
                            others.submit(whileTrue(appending, () -> force(journal))),
                            others.submit(whileTrue(appending, () -> lookUp(journal))),
                            others.submit(whileTrue(appending, () -> serve(journal, peer))),
                            others.submit(whileTrue(appending, () -> read(folder))));

            // when
            batches.append(journal, 0, BATCHES);
            appending.set(false);

            // then
            for (final Future<Integer> round : rounds) {
                assertThat(round.get(DEADLINE_S, TimeUnit.SECONDS)).isPositive();
            }
            serve(journal, peer);
            assertThat(peer.last()).isEqualTo(journal.last());
        } finally {
            appending.set(false);
            others.shutdown();
        }
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(BATCHES);
    }

    /** What is durable never goes back, and is never ahead of what was appended. */
    private static void force(final ChronicleJournal journal) {
        final JournalPosition before = journal.last();
        journal.force();
        assertThat(journal.durable().raftIndex())
                .isGreaterThanOrEqualTo(before.raftIndex())
                .isLessThanOrEqualTo(journal.last().raftIndex());
    }

    private void lookUp(final ChronicleJournal journal) {
        final long next = journal.last().nextSequence();
        if (next > 0) {
            final int n = (int) ((next - 1) / Batches.firstSequence(1));
            assertThat(journal.batchOf(next - 1)).isEqualTo(batches.batch(n));
            assertThat(journal.batchOf(next / 2)).isNotNull();
        }
    }

    private static void serve(final ChronicleJournal journal, final ChronicleJournal peer) {
        while (peer.last().raftIndex() < journal.last().raftIndex()) {
            journal.recordsAfter(peer.last().raftIndex(), 100_000).forEach(peer::appendRecord);
        }
    }

    private static void read(final Path folder) {
        try (ChronicleJournalReader reader = ChronicleJournalReader.open(folder)) {
            long nextSequence = 0;
            JournalRecord record = reader.next();
            while (record != null) {
                assertThat(record.firstSequence()).isEqualTo(nextSequence);
                nextSequence += record.count();
                record = reader.next();
            }
        }
        assertThat(JournalVerifier.verify(folder)).isInstanceOf(Verification.Intact.class);
    }

    private static Callable<Integer> whileTrue(final AtomicBoolean going, final Runnable round) {
        return () -> {
            int rounds = 0;
            do {
                round.run();
                rounds++;
            } while (going.get());
            return rounds;
        };
    }
}
