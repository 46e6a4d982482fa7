package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Says whose Raft folder this is, in a file of our own beside Ratis's storage: Ratis would format a
 * lost storage silently, and a member that forgot its votes can break every promise of Raft.
 *
 * @param peerId the node that owns the folder
 * @param clusterId the cluster that it belongs to
 * @param joined false while the storage is being formatted: nothing can have been voted or stored
 *     yet, so formatting may begin anew
 */
record MembershipMarker(String peerId, UUID clusterId, boolean joined) {

    static final String FILE = "member";
    private static final String VERSION_LINE = "nelumbo raft member 1";
    private static final String JOINED = "joined";
    private static final String JOINING = "joining";

    /** Reads the marker of a folder; empty if it has none. */
    static Optional<MembershipMarker> read(final Path folder) throws IOException {
        final Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        final List<String> lines = Files.readAllLines(file, UTF_8);
        if (lines.size() != 4
                || !lines.get(0).equals(VERSION_LINE)
                || !(lines.get(3).equals(JOINED) || lines.get(3).equals(JOINING))) {
            throw new FolderRefused(
                    "expected a membership marker in " + file + " but was " + lines);
        }
        return Optional.of(
                new MembershipMarker(
                        lines.get(1), UUID.fromString(lines.get(2)), lines.get(3).equals(JOINED)));
    }

    /** Writes the marker; durable on return. */
    void write(final Path folder) throws IOException {
        final String text =
                String.join("\n", VERSION_LINE, peerId, clusterId.toString(), state(), "");
        DurableFile.write(folder.resolve(FILE), text.getBytes(UTF_8));
    }

    private String state() {
        return joined ? JOINED : JOINING;
    }
}
