package io.nelumbo.publisher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. Stateless. */
final class FolderTree {
    private FolderTree() {}

    /** Deletes it; whoever runs in it has ended. */
    static void delete(final Path folder) throws IOException {
        final List<Path> entries;
        try (Stream<Path> tree = Files.walk(folder)) {
            entries = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path entry : entries) {
            Files.delete(entry);
        }
    }
}
