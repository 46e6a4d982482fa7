package io.nelumbo.publisher.fuzz.run;

import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.fuzz.Visit;
import java.nio.file.Path;

/** What Jazzer calls, in a process that {@link FuzzCampaign} starts. */
public final class JazzerTarget {
    static final String DOOR = "fuzz.door";
    static final String FOLDER = "fuzz.folder";

    private static final Visit VISIT = new Visit(door());

    private JazzerTarget() {}

    /** The name and form are Jazzer's. */
    public static void fuzzerTestOneInput(final byte[] bytes) {
        VISIT.with(bytes);
    }

    private static Door door() {
        final String name = System.getProperty(DOOR);
        return Doors.all(Path.of(System.getProperty(FOLDER))).stream()
                .filter(door -> door.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
