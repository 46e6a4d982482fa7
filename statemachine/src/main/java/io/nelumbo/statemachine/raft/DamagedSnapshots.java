package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.snapshot.Snapshot;
import io.nelumbo.statemachine.snapshot.SnapshotDamaged;
import io.nelumbo.statemachine.snapshot.SnapshotReader;
import io.nelumbo.statemachine.snapshot.SnapshotStreamFailed;
import io.nelumbo.statemachine.snapshot.SnapshotVersionUnknown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets damaged snapshots aside before Ratis sees them, so that a node starts from the newest that
 * is intact, or from the begin of its log if there is none. It may, if its Raft log still has every
 * entry from there on: then applying them gives the same ledger (I7). A snapshot that another
 * release wrote, or that the disk does not give, is not damaged: it stays, and the node does not
 * start. Owned by the starting thread.
 *
 * <p>Names (Ratis 3.3.0, SimpleStateMachineStorage and LogSegmentPath): {@code
 * sm/snapshot.TERM_INDEX} with {@code .md5} beside it, {@code current/log_FIRST-LAST} and {@code
 * current/log_inprogress_FIRST}. What is set aside has {@code .damaged} behind its name and is
 * never deleted here.
 */
final class DamagedSnapshots {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedSnapshots.class);
    private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
    private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");
    private static final String ASIDE = ".damaged";
    private static final long NO_INDEX = -1;

    /** A snapshot file, and what is wrong with it: an empty text if nothing is. */
    private record Candidate(Path file, TermIndex at, String damage, @Nullable Snapshot snapshot) {}

    private DamagedSnapshots() {}

    /**
     * Looks at the snapshots in a storage folder, the newest first, down to the first intact one.
     *
     * @return that one, as it was read, or null if there is none
     * @throws FolderRefused if the log does not reach back to what is intact, or a snapshot on the
     *     way there is of an unknown version or cannot be read; nothing was changed
     */
    static @Nullable Snapshot setAside(final Path storage) throws IOException {
        final List<Candidate> damaged = new ArrayList<>();
        long intactIndex = NO_INDEX;
        Snapshot intact = null;
        for (final Path file : newestFirst(storage.resolve("sm"))) {
            final Candidate candidate = examine(file);
            if (candidate.damage().isEmpty()) {
                intactIndex = candidate.at().getIndex();
                intact = candidate.snapshot();
                break;
            }
            damaged.add(candidate);
        }
        if (damaged.isEmpty()) {
            return intact;
        }
        final OptionalLong firstOfLog = firstOfLog(storage.resolve("current"));
        if (firstOfLog.isEmpty() || firstOfLog.getAsLong() > intactIndex + 1) {
            throw refused(storage, damaged, intactIndex, firstOfLog);
        }
        for (final Candidate candidate : damaged) {
            setAside(candidate, intactIndex);
        }
        DurableFile.forceFolder(storage.resolve("sm"));
        return intact;
    }

    private static List<Path> newestFirst(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> SNAPSHOT.matcher(nameOf(file)).matches())
                    .sorted(Comparator.comparing(DamagedSnapshots::positionOf).reversed())
                    .toList();
        }
    }

    private static Candidate examine(final Path file) throws IOException {
        final TermIndex at = positionOf(file);
        final Snapshot snapshot;
        try (InputStream in = Files.newInputStream(file)) {
            snapshot = SnapshotReader.read(in);
            final TermIndex inside = TermIndex.valueOf(snapshot.raftTerm(), snapshot.raftIndex());
            if (!inside.equals(at)) {
                return new Candidate(file, at, "it is one at " + inside, null);
            }
        } catch (final SnapshotDamaged e) {
            return new Candidate(file, at, String.valueOf(Causes.rootOf(e).getMessage()), null);
        } catch (final SnapshotVersionUnknown e) {
            throw ofAnotherRelease(file, e);
        } catch (final SnapshotStreamFailed | IOException e) {
            throw unreadable(file, e);
        }
        // Ratis overlooks a snapshot without this file, and would begin before it. A disk that
        // does not tell whether there is one has not lost it.
        final boolean lacksDigest =
                Files.notExists(MD5FileUtil.getDigestFileForFile(file.toFile()).toPath());
        return lacksDigest
                ? new Candidate(file, at, "its MD5 file is missing", null)
                : new Candidate(file, at, "", snapshot);
    }

    private static FolderRefused ofAnotherRelease(
            final Path file, final SnapshotVersionUnknown failure) {
        return new FolderRefused(
                "the snapshot "
                        + file
                        + " was written by another release ("
                        + failure.getMessage()
                        + "): nothing was changed; use the release that wrote it, or one that knows"
                        + " its format; if no other release ever ran here, the file is damaged:"
                        + " restore this node's Raft folder from a backup that is whole");
    }

    private static FolderRefused unreadable(final Path file, final Exception failure) {
        return new FolderRefused(
                "expected to read the snapshot "
                        + file
                        + " but the disk failed: "
                        + Causes.rootOf(failure)
                        + "; nothing was changed, and nothing is known to be wrong with the"
                        + " snapshot: see to the disk and the file's permissions, then start again");
    }

    private static void setAside(final Candidate candidate, final long intactIndex)
            throws IOException {
        final Path aside = candidate.file().resolveSibling(nameOf(candidate.file()) + ASIDE);
        Files.move(candidate.file(), aside, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(MD5FileUtil.getDigestFileForFile(candidate.file().toFile()).toPath());
        LOG.warn(
                "the snapshot {} is damaged ({}): it is kept as {}, and the log is applied anew {}",
                candidate.file(),
                candidate.damage(),
                aside.getFileName(),
                from(intactIndex));
    }

    private static FolderRefused refused(
            final Path storage,
            final List<Candidate> damaged,
            final long intactIndex,
            final OptionalLong firstOfLog) {
        return new FolderRefused(
                "expected the snapshot "
                        + damaged.get(0).file()
                        + " to be intact but it is not ("
                        + damaged.get(0).damage()
                        + "), and the Raft log in "
                        + storage
                        + (firstOfLog.isEmpty()
                                ? " is empty"
                                : " begins at Raft index " + firstOfLog.getAsLong())
                        + ", so it cannot be applied anew "
                        + from(intactIndex)
                        + ": nothing was changed; restore this node's Raft folder from a backup"
                        + " that is whole, or remove the member and add it anew under a new"
                        + " identity, and its peers will send it everything");
    }

    private static String from(final long intactIndex) {
        return intactIndex == NO_INDEX
                ? "from its begin"
                : "from the snapshot at Raft index " + intactIndex;
    }

    private static OptionalLong firstOfLog(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> SEGMENT.matcher(nameOf(file)))
                    .filter(Matcher::matches)
                    .mapToLong(segment -> Long.parseLong(segment.group(1)))
                    .min();
        }
    }

    private static TermIndex positionOf(final Path file) {
        final Matcher name = SNAPSHOT.matcher(nameOf(file));
        if (!name.matches()) {
            throw new IllegalArgumentException("expected a snapshot's name but was " + file);
        }
        return TermIndex.valueOf(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
    }

    private static String nameOf(final Path file) {
        return String.valueOf(file.getFileName());
    }
}
