package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.HashChain;
import io.nelumbo.journal.chronicle.Waypoints.Waypoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some waypoints of a run, beside its checkpoint, so that the next run need not read a whole cycle
 * to find what the Raft log applies again. A hint: each is checked against the record that it leads
 * to, and without the file a start only takes longer. So it is not forced, and what a power cut
 * leaves of it does not matter. Stateless.
 */
final class WaypointFile {

    /** Where a record begins, and the hash that it has to continue. */
    record Mark(Place place, byte[] hash) {}

    private static final Logger LOGGER = LoggerFactory.getLogger(WaypointFile.class);

    private static final String FILE_NAME = "waypoints";
    private static final String NEXT_FILE_NAME = "waypoints.next";
    private static final String TITLE = "nelumbo journal waypoints 1";
    private static final int MAX_BYTES = 64 * 1024;
    private static final int WORDS = 3;

    private WaypointFile() {}

    /** Where this fails, the next start takes longer, and that is all. */
    static void write(final Path folder, final List<Waypoint> waypoints) throws IOException {
        final List<String> lines = waypoints.stream().map(WaypointFile::lineOf).toList();
        final Path next = folder.resolve(NEXT_FILE_NAME);
        Files.writeString(next, SealedText.seal(TITLE, lines), StandardCharsets.UTF_8);
        Files.move(next, folder.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    /** In order; none if there is no file, or none that can be read and believed. */
    static List<Mark> read(final Path folder) {
        final byte[] bytes;
        try (var in = Files.newInputStream(folder.resolve(FILE_NAME))) {
            bytes = in.readNBytes(MAX_BYTES);
        } catch (final NoSuchFileException none) {
            return List.of();
        } catch (final IOException cause) {
            LOGGER.warn("This start takes longer: {} cannot be read", FILE_NAME, cause);
            return List.of();
        }
        final List<String> lines =
                SealedText.open(TITLE, new String(bytes, StandardCharsets.UTF_8));
        if (lines == null) {
            return List.of();
        }
        final List<Mark> marks = new ArrayList<>();
        for (final String line : lines) {
            final Mark mark = markOf(line);
            if (mark == null) {
                return List.of();
            }
            marks.add(mark);
        }
        return marks;
    }

    private static String lineOf(final Waypoint waypoint) {
        return waypoint.place().fileName()
                + " "
                + waypoint.place().position()
                + " "
                + HexFormat.of().formatHex(waypoint.position().hash());
    }

    private static @Nullable Mark markOf(final String line) {
        final String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            return null;
        }
        try {
            final byte[] hash = HexFormat.of().parseHex(words[2]);
            return hash.length == HashChain.HASH_BYTES
                    ? new Mark(new Place(words[0], Long.parseLong(words[1])), hash)
                    : null;
        } catch (final IllegalArgumentException notOurs) {
            return null;
        }
    }
}
