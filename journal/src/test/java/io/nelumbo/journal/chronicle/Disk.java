package io.nelumbo.journal.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Does to a journal folder what crashes and bad disks do. */
final class Disk {

    /**
     * A record on disk: its Chronicle header begins at {@code begin}; it ends before {@code end}.
     */
    record Extent(Path file, long begin, long end) {}

    private static final int CHRONICLE_HEADER_BYTES = 4;

    private Disk() {}

    /** What a process that is killed now would leave behind: the page cache survives it. */
    static void copyAsIfKilled(final Path folder, final Path target) {
        try (Stream<Path> files = Files.list(folder)) {
            Files.createDirectories(target);
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        } catch (final IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Every record that stands in the files, in order. */
    static List<Extent> records(final Path folder) {
        try {
            final List<Extent> extents = new ArrayList<>();
            for (final String name : CycleFiles.in(folder)) {
                final Path file = folder.resolve(name);
                try (CycleFileReader reader = new CycleFileReader(file, 0)) {
                    while (reader.next() == CycleFileReader.Step.EXCERPT) {
                        final long end = reader.position();
                        final long begin = end - reader.excerptLength() - CHRONICLE_HEADER_BYTES;
                        extents.add(new Extent(file, begin, end));
                    }
                }
            }
            return extents;
        } catch (final IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static void flip(final Path file, final long position, final int mask) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            final int value = open.read();
            open.seek(position);
            open.write(value ^ mask);
        } catch (final IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static void write(final Path file, final long position, final byte[] bytes) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            open.write(bytes);
        } catch (final IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** A page that never reached the disk. */
    static void zero(final Extent extent) {
        write(extent.file(), extent.begin(), new byte[(int) (extent.end() - extent.begin())]);
    }

    static List<Path> setAside(final Path folder) {
        final Path aside = folder.resolve("aside");
        if (!Files.isDirectory(aside)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(aside)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (final IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
