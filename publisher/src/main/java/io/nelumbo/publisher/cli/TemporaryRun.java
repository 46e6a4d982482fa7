package io.nelumbo.publisher.cli;

import io.nelumbo.publisher.cli.devnet.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What commands do that run a cluster in a new folder of its own. Stateless. */
final class TemporaryRun {

    private TemporaryRun() {}

    /** Runs in a folder that is empty; tells whether all went well. */
    @FunctionalInterface
    interface Run {
        boolean in(Path folder) throws IOException, InterruptedException;
    }

    /**
     * Runs it and deletes the folder; what went wrong, or did not end, stays to be looked at.
     *
     * @param parent null for where temporary files go
     * @return the exit code
     */
    static int in(
            final Session session, final @Nullable Path parent, final String prefix, final Run run)
            throws IOException, InterruptedException {
        try (RunFolder folder = RunFolder.in(parent, prefix)) {
            boolean clean = false;
            try {
                clean = run.in(folder.path());
            } finally {
                if (!clean && folder.keep()) {
                    session.note("the nodes' folders are kept in " + folder.path());
                }
            }
            return clean ? ExitCodes.OK : ExitCodes.BAD_ANSWER;
        }
    }
}
