package io.nelumbo.journal.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a journal folder, in the order of their cycles. Stateless. */
final class CycleFiles {

    static final String SUFFIX = ".cq4";

    private CycleFiles() {}

    /** Names in order; a cycle's name begins with its date and time, so names sort by time. */
    static List<String> in(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
