package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaypointsTest {

    private static final int MANY = 100_000;
    private static final byte[] HASH = new byte[32];

    @TempDir Path folder;

    @Test
    void shouldStayBoundedAndInOrderWhenManyRecordsPass() throws IOException {
        // given
        Files.createFile(folder.resolve("a.cq4"));
        final Waypoints waypoints = new Waypoints();
        waypoints.add(position(0), new Place("a.cq4", 0));
        for (int n = 1; n <= MANY; n++) {
            waypoints.pass(position(n), new Place("a.cq4", n));
        }

        // when, then: near enough to what is looked for, and never behind it
        for (int n = 0; n <= MANY; n += 997) {
            try (JournalScan scan = waypoints.scanAfterRaftIndex(folder, 10L * n)) {
                assertThat(scan.position().raftIndex()).isBetween(10L * (n - 128), 10L * n);
                assertThat(scan.place().position()).isEqualTo(scan.position().raftIndex() / 10);
            }
            try (JournalScan scan = waypoints.scanBeforeSequence(folder, 3L * n + 1)) {
                assertThat(scan.position().nextSequence()).isBetween(3L * (n - 128), 3L * n);
            }
        }
    }

    @Test
    void shouldBeginAtGenesisWhenNothingIsBefore() throws IOException {
        final Waypoints waypoints = new Waypoints();
        waypoints.add(position(5), new Place("a.cq4", 5));
        try (JournalScan scan = waypoints.scanAfterRaftIndex(folder, 49)) {
            assertThat(scan.place()).isEqualTo(Place.BEFORE_ALL);
            assertThat(scan.position()).isEqualTo(JournalPosition.genesis());
        }
    }

    private static JournalPosition position(final int n) {
        return new JournalPosition(1, 10L * n, 3L * n, n, HASH);
    }
}
