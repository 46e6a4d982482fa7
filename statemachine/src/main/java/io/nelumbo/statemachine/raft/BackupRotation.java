package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folders that were moved aside: {@code raft.bak.0} is the newest of {@code raft}, and each move
 * makes the others one older. A move is a rename: nothing is copied. For one thread; the caller
 * keeps others off the folder.
 */
public final class BackupRotation {
    private final Path folder;
    private final int kept;

    /**
     * @param folder what is moved aside; its backups lie beside it
     * @param kept how many backups there may be, at least 1
     */
    public BackupRotation(final Path folder, final int kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("expected at least 1 backup but was " + kept);
        }
        this.folder = folder.toAbsolutePath().normalize();
        this.kept = kept;
    }

    /** Where the newest backup is, if there is one. */
    public Path newest() {
        return backup(0);
    }

    /**
     * Moves the folder aside, and only then deletes the backups beyond those that are kept: which.
     * A crash at any moment loses nothing that was to be kept; the move can be done again.
     */
    public List<Path> moveAside() throws IOException {
        final NavigableMap<Integer, Path> backups = backups();
        int end = 0;
        while (backups.containsKey(end)) {
            end++;
        }
        for (int i = end - 1; i >= 0; i--) {
            Files.move(backup(i), backup(i + 1));
        }
        Files.move(folder, backup(0));
        DurableFile.forceNameOf(folder);
        final List<Path> surplus = new ArrayList<>(backups().tailMap(kept).values());
        for (final Path old : surplus) {
            delete(old);
        }
        return List.copyOf(surplus);
    }

    /** Puts the newest backup back in its place, which must be free. */
    public void moveBack() throws IOException {
        Files.move(backup(0), folder);
        DurableFile.forceNameOf(folder);
    }

    private Path backup(final int age) {
        return folder.resolveSibling(folder.getFileName() + ".bak." + age);
    }

    private NavigableMap<Integer, Path> backups() throws IOException {
        final Pattern name =
                Pattern.compile(
                        Pattern.quote(folder.getFileName() + ".bak.") + "(0|[1-9]\\d{0,4})");
        final NavigableMap<Integer, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(Objects.requireNonNull(folder.getParent()))) {
            for (final Path path : beside) {
                final Matcher matcher = name.matcher(String.valueOf(path.getFileName()));
                if (matcher.matches()) {
                    found.put(Integer.parseInt(matcher.group(1)), path);
                }
            }
        }
        return found;
    }

    /** Links are deleted, not followed. */
    private static void delete(final Path old) throws IOException {
        try (Stream<Path> tree = Files.walk(old)) {
            for (final Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
