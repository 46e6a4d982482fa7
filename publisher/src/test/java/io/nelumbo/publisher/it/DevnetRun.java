package io.nelumbo.publisher.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code nelumbo devnet} with an end. Stateless. */
final class DevnetRun {
    private static final long DEADLINE_S = 300;

    /** After its deadline it still reads journals and stops its nodes. */
    private static final Duration PATIENCE = Duration.ofSeconds(DEADLINE_S + 120);

    private DevnetRun() {}

    /**
     * Runs one.
     *
     * @param folder for its nodes; stays
     */
    static Program.Ran of(
            final Path folder,
            final int messages,
            final int accounts,
            final int leaderKills,
            final long seed)
            throws IOException, InterruptedException {
        return Program.run(
                PATIENCE,
                List.of(
                        "devnet",
                        "--messages",
                        Integer.toString(messages),
                        "--accounts",
                        Integer.toString(accounts),
                        "--kill-leader",
                        Integer.toString(leaderKills),
                        "--seed",
                        Long.toString(seed),
                        "--deadline-s",
                        Long.toString(DEADLINE_S),
                        "--keep",
                        folder.toString(),
                        "--json"));
    }
}
