package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void shouldKeepFewForTheNextStartTheFurtherBackTheWiderApart() {
        // given
        final Waypoints waypoints = new Waypoints();
        waypoints.add(position(0), Place.BEFORE_ALL);
        for (int n = 1; n <= MANY; n++) {
            waypoints.pass(position(n), new Place("a.cq4", n));
        }

        // when
        final List<Waypoints.Waypoint> sparse = waypoints.sparseUpTo(10L * MANY);

        // then
        assertThat(sparse).hasSizeBetween(10, Waypoints.MAX_SPARSE);
        assertThat(sparse)
                .extracting(waypoint -> waypoint.place().position())
                .isSorted()
                .doesNotHaveDuplicates();
        for (int back = 100; back < MANY / 2; back += 97) {
            final long wanted = MANY - back;
            final long from =
                    sparse.stream()
                            .mapToLong(waypoint -> waypoint.place().position())
                            .filter(n -> n <= wanted)
                            .max()
                            .orElseThrow();
            assertThat(wanted - from).isLessThanOrEqualTo(back / 2 + 128);
        }
    }

    @Test
    void shouldKeepNoneForTheNextStartThatLieBehindAnIndex() {
        final Waypoints waypoints = new Waypoints();
        for (int n = 1; n <= 1000; n++) {
            waypoints.pass(position(n), new Place("a.cq4", n));
        }
        assertThat(waypoints.sparseUpTo(5000))
                .isNotEmpty()
                .allMatch(waypoint -> waypoint.position().raftIndex() < 5000);
    }

    private static JournalPosition position(final int n) {
        return new JournalPosition(1, 10L * n, 3L * n, n, HASH);
    }
}
