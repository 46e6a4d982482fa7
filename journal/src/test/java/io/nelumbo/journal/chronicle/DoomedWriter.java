package io.nelumbo.journal.chronicle;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that continues a journal until it is killed: it appends as fast as it can, forces now
 * and then, and says after each force how far it is durable.
 */
final class DoomedWriter {

    static final String DURABLE = "durable ";
    static final String END_OF_LINE = " so far";

    private static final int FORCE_EVERY = 7;
    private static final int MAX_BATCHES = 200_000;

    private DoomedWriter() {}

    public static void main(final String[] arguments) {
        dieWithParent();
        final Path folder = Path.of(arguments[0]);
        final Batches batches = new Batches(CrashTest.STEP_NS);
        final ChronicleJournal journal = ChronicleJournal.open(folder, TestJournals.OPTIONS);
        final int first = (int) (journal.last().nextSequence() / Batches.firstSequence(1));
        for (int n = first; n < MAX_BATCHES; n++) {
            batches.append(journal, n);
            if (n % FORCE_EVERY == 0) {
                journal.force();
                System.out.println(DURABLE + journal.durable().raftIndex() + END_OF_LINE);
            }
        }
    }

    private static void dieWithParent() {
        final Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // The parent says nothing; it only ends.
                                }
                            } catch (final IOException gone) {
                                // As good as the end.
                            }
                            Runtime.getRuntime().halt(1);
                        });
        watch.setDaemon(true);
        watch.start();
    }
}
