package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the journal's tests share. */
final class TestJournals {

    /** Small blocks, so that files have several; short cycles; no watermark to meet. */
    static final ChronicleJournalOptions OPTIONS =
            new ChronicleJournalOptions(JournalCycle.FIVE_MINUTES, 64 * 1024, 0, Duration.ZERO);

    private TestJournals() {}

    static List<JournalRecord> read(final Path folder) {
        final List<JournalRecord> records = new ArrayList<>();
        try (ChronicleJournalReader reader = ChronicleJournalReader.open(folder)) {
            JournalRecord record = reader.next();
            while (record != null) {
                records.add(record);
                record = reader.next();
            }
        }
        return records;
    }

    static Verification.Intact verifyIntact(final Path folder) {
        final Verification verification = JournalVerifier.verify(folder);
        assertThat(verification).isInstanceOf(Verification.Intact.class);
        return (Verification.Intact) verification;
    }
}
