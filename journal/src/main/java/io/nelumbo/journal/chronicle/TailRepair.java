package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Fault;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.RecordDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a bad tail aside, never deleting it, and leaves a journal that ends with the last sound
 * record. Used before the journal opens, by the holder of its lock.
 *
 * <p>A Chronicle file cannot be cut, for its own indices point behind the cut. So the sound records
 * of the damaged file are written to a new file, which replaces it in one rename; the damaged file
 * keeps living under its name in the folder {@code aside}. A crash at any point leaves the damage
 * in place or repaired, and the next start does it again.
 */
final class TailRepair {

    private static final Logger LOGGER = LoggerFactory.getLogger(TailRepair.class);
    private static final String ASIDE = "aside";
    private static final String REWRITE = "rewrite";
    private static final int MAX_SET_ASIDE = 10_000;

    private final Path folder;
    private final ChronicleJournalOptions options;

    TailRepair(final Path folder, final ChronicleJournalOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** Removes what a repair left behind that was cut off by a crash. */
    void discardUnfinishedRewrite() throws IOException {
        final Path rewrite = folder.resolve(REWRITE);
        if (!Files.isDirectory(rewrite)) {
            return;
        }
        final List<Path> files;
        try (Stream<Path> listed = Files.list(rewrite)) {
            files = listed.toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
        Files.delete(rewrite);
    }

    /**
     * Sets aside everything from a place on.
     *
     * @param from where the damage is; nothing sound lies behind it
     * @param lastSound just after the last sound record, which lies before it
     * @param lastSoundEnd where that record ends
     * @throws JournalFailure if the sound records of that file could not be saved
     */
    void setAside(
            final Place from,
            final JournalPosition lastSound,
            final Place lastSoundEnd,
            final Fault fault)
            throws IOException {
        final JournalPosition first = positionBeforeRecordAt(folder.resolve(from.fileName()), 0);
        if (first == null && lastSoundEnd.fileName().equals(from.fileName())) {
            throw new JournalFailure(
                    "The journal "
                            + folder
                            + " is damaged at the beginning of "
                            + from.fileName()
                            + ": keep the folder for inspection, move it away, and let the node"
                            + " fetch the journal from a peer. "
                            + fault);
        }
        final Path aside = newAsideFolder(lastSound);
        LOGGER.error(
                "The journal {} is damaged in {}: {}. It is set aside in {}; the journal goes on"
                        + " after {}, and what follows must come from the Raft log or a peer",
                folder,
                from,
                fault,
                aside,
                lastSound);
        for (final String name : CycleFiles.in(folder)) {
            if (name.compareTo(from.fileName()) > 0) {
                Files.move(folder.resolve(name), aside.resolve(name));
            }
        }
        Files.createLink(aside.resolve(from.fileName()), folder.resolve(from.fileName()));
        Fsync.directory(aside);
        rewrite(from.fileName(), first, lastSound);
        Fsync.directory(folder);
    }

    private void rewrite(
            final String fileName,
            final @Nullable JournalPosition first,
            final JournalPosition lastSound)
            throws IOException {
        final Path damaged = folder.resolve(fileName);
        if (first == null || first.raftIndex() >= lastSound.raftIndex()) {
            Files.delete(damaged);
            return;
        }
        final Path rewrite = Files.createDirectories(folder.resolve(REWRITE));
        try (JournalScan scan = new JournalScan(folder, new Place(fileName, 0), first);
                CycleAppender copy = CycleAppender.open(rewrite, options, first.timestampNs())) {
            while (scan.position().raftIndex() < lastSound.raftIndex()) {
                if (scan.next() != JournalScan.Step.RECORD) {
                    throw new JournalFailure(
                            "The journal "
                                    + folder
                                    + " changed while it was repaired, in "
                                    + scan.place());
                }
                final byte[] record = scan.record().toBytes();
                copy.append(scan.record().timestampNs(), record, record.length);
            }
        }
        final Path repaired = rewrite.resolve(fileName);
        Fsync.file(repaired);
        Files.move(repaired, damaged, StandardCopyOption.ATOMIC_MOVE);
        Fsync.directory(folder);
        discardUnfinishedRewrite();
    }

    /** Null if no sound record is the next from there on, as at the file's begin. */
    static @Nullable JournalPosition positionBeforeRecordAt(final Path file, final long at)
            throws IOException {
        try (CycleFileReader reader = new CycleFileReader(file, at)) {
            if (reader.next() != CycleFileReader.Step.EXCERPT) {
                return null;
            }
            final RecordDecoder record = new RecordDecoder();
            final Fault fault =
                    record.wrap(
                            reader.excerptArray(), reader.excerptOffset(), reader.excerptLength());
            return fault == null ? record.positionBefore() : null;
        }
    }

    private Path newAsideFolder(final JournalPosition lastSound) throws IOException {
        final Path parent = Files.createDirectories(folder.resolve(ASIDE));
        for (int n = 0; n < MAX_SET_ASIDE; n++) {
            final Path aside =
                    parent.resolve("after-raft-index-" + lastSound.raftIndex() + "-" + n);
            if (!Files.exists(aside)) {
                Files.createDirectory(aside);
                Fsync.directory(parent);
                Fsync.directory(folder);
                return aside;
            }
        }
        throw new JournalFailure(
                "The folder "
                        + parent
                        + " is full of damaged tails: find out what damages this disk");
    }
}
