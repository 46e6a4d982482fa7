package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members that this node has known to hold entries of the log, kept in a file. One of them that
 * comes back with an empty folder has lost its votes: whoever asks us on its behalf is told. Noting
 * belongs to one thread, asking to any.
 */
final class SeenMembers {

    private static final Logger LOG = LoggerFactory.getLogger(SeenMembers.class);
    private static final String FILE = "members-seen";

    private final Path file;
    private volatile Set<String> peerIds;

    private SeenMembers(final Path file, final Set<String> peerIds) {
        this.file = file;
        this.peerIds = peerIds;
    }

    static SeenMembers open(final Path folder) throws IOException {
        final Path file = folder.resolve(FILE);
        final Set<String> peerIds =
                Files.exists(file) ? Set.copyOf(Files.readAllLines(file, UTF_8)) : Set.of();
        return new SeenMembers(file, peerIds);
    }

    boolean contains(final String peerId) {
        return peerIds.contains(peerId);
    }

    /** Adds members; durable on return. */
    void note(final Collection<String> seen) throws IOException {
        if (peerIds.containsAll(seen)) {
            return;
        }
        final Set<String> all = new TreeSet<>(peerIds);
        all.addAll(seen);
        DurableFile.write(file, (String.join("\n", all) + "\n").getBytes(UTF_8));
        LOG.info("members seen to hold entries of the log: {}", all);
        peerIds = Set.copyOf(all);
    }
}
