package io.nelumbo.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records in order, then the end or the failure, and a reader that is free after close. */
@Timeout(30)
final class ReadAheadTest {

    @Test
    void shouldGiveAllRecordsInOrderAndThenNoMore() {
        try (ReadAhead ahead = ReadAhead.of(new CountedReader(1000, null), 4)) {
            for (int n = 0; n < 1000; n++) {
                assertThat(ahead.next())
                        .isNotNull()
                        .extracting(JournalRecord::raftIndex)
                        .isEqualTo((long) n);
            }
            assertThat(ahead.next()).isNull();
            assertThat(ahead.next()).isNull();
        }
    }

    @Test
    void shouldFailWhereTheReaderFailsAndNotBefore() {
        final JournalFailure broken = new JournalFailure("broken at 3");
        try (ReadAhead ahead = ReadAhead.of(new CountedReader(3, broken), 8)) {
            for (int n = 0; n < 3; n++) {
                assertThat(ahead.next()).isNotNull();
            }
            assertThatThrownBy(ahead::next).isSameAs(broken);
            assertThatThrownBy(ahead::next).isSameAs(broken);
        }
    }

    @Test
    void shouldLetGoOfTheReaderWhenClosedInTheMiddle() {
        final CountedReader reader = new CountedReader(Integer.MAX_VALUE, null);
        final ReadAhead ahead = ReadAhead.of(reader, 2);
        assertThat(ahead.next()).isNotNull();

        ahead.close();

        final int readWhenClosed = reader.read.get();
        assertThat(reader.next()).isNotNull();
        assertThat(reader.read).hasValue(readWhenClosed + 1);
    }

    /** So many records, then the end or a failure. */
    private static final class CountedReader implements JournalReader {
        private final int records;
        private final @Nullable JournalFailure failure;
        private final AtomicInteger read = new AtomicInteger();

        CountedReader(final int records, final @Nullable JournalFailure failure) {
            this.records = records;
            this.failure = failure;
        }

        @Override
        public @Nullable JournalRecord next() {
            final int n = read.getAndIncrement();
            if (n < records) {
                return new JournalRecord(1, n, 1, n, 1, n, new byte[32], new byte[32], new byte[0]);
            }
            if (failure != null) {
                throw failure;
            }
            return null;
        }

        @Override
        public JournalPosition position() {
            return JournalPosition.genesis();
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }
}
