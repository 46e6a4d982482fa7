package io.nelumbo.publisher.fuzz.run;

import io.nelumbo.publisher.fuzz.Door;
import java.nio.file.Path;

/** What Jazzer calls, in a process that {@link FuzzCampaign} starts. */
public final class JazzerTarget {
    static final String DOOR = "fuzz.door";
    static final String FOLDER = "fuzz.folder";

    private static final Door ENTERED = door();

    private JazzerTarget() {}

    /** Loads what the samples load: instrumenting a class takes longer than any visit. */
    public static void fuzzerInitialize() throws Exception {
        for (final byte[] sample : ENTERED.samples()) {
            ENTERED.entry().takes(sample.clone());
        }
    }

    /** The name and form are Jazzer's; it bounds time, and the process's heap allocation. */
    public static void fuzzerTestOneInput(final byte[] bytes) throws Exception {
        ENTERED.entry().takes(bytes);
    }

    private static Door door() {
        final String name = System.getProperty(DOOR);
        return Doors.all(Path.of(System.getProperty(FOLDER))).stream()
                .filter(door -> door.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
