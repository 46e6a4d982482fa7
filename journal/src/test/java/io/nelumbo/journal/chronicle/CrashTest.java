package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed at any moment, again and again. */
final class CrashTest {

    /** Several batches to a cycle, so that kills also come while the journal rolls. */
    static final long STEP_NS = 20 * Batches.SECOND_NS;

    private static final int KILLS = 4;
    private static final long DEADLINE_S = 60;
    private static final int KILLED = 128 + 9;

    @TempDir Path temp;

    @Test
    void shouldContinueTheChainWhenKilledWhileAppending_I5_I7() throws Exception {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Path folder = temp.resolve("killed");
        long durable = -1;

        for (int kill = 0; kill < KILLS; kill++) {
            // when
            durable = Math.max(durable, runUntilKilled(folder, 1 + random.nextInt(40), random));

            // then
            final JournalPosition last = TestJournals.verifyIntact(folder).last();
            assertThat(last.raftIndex()).as("seed %d", seed).isGreaterThanOrEqualTo(durable);
            try (ChronicleJournal journal = ChronicleJournal.open(folder, TestJournals.OPTIONS)) {
                assertThat(journal.last()).isEqualTo(last);
            }
        }
        assertSameAsNeverKilled(folder);
    }

    /** Returns the last Raft index that the process called durable. */
    private long runUntilKilled(final Path folder, final int forces, final Random random)
            throws IOException, InterruptedException {
        final Path said = Files.createTempFile(temp, "said", ".txt");
        final Process writer = start(folder, said);
        try {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
            while (durableIn(said).size() < forces && writer.isAlive()) {
                assertThat(System.nanoTime() - deadlineNs).as("in time").isNegative();
                LockSupport.parkNanos(1 + random.nextInt(2_000_000));
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).as("killed, not failed").isEqualTo(KILLED);
        final List<Long> durable = durableIn(said);
        return durable.isEmpty() ? -1 : durable.get(durable.size() - 1);
    }

    /** The last line may be cut off by the kill. */
    private static List<Long> durableIn(final Path said) throws IOException {
        return Files.readAllLines(said).stream()
                .filter(line -> line.startsWith(DoomedWriter.DURABLE))
                .filter(line -> line.endsWith(DoomedWriter.END_OF_LINE))
                .map(line -> Long.parseLong(line.split(" ")[1]))
                .toList();
    }

    private static Process start(final Path folder, final Path said) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.add("-Xmx128m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(DoomedWriter.class.getName());
        command.add(folder.toString());
        return new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private void assertSameAsNeverKilled(final Path folder) {
        final Path reference = temp.resolve("reference");
        final JournalPosition killed = TestJournals.verifyIntact(folder).last();
        final int count = (int) (killed.nextSequence() / Batches.firstSequence(1));
        try (ChronicleJournal journal = ChronicleJournal.open(reference, TestJournals.OPTIONS)) {
            new Batches(STEP_NS).append(journal, 0, count);
            assertThat(journal.last()).isEqualTo(killed);
        }
    }
}
