package io.nelumbo.publisher.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whether what is forced in a folder reaches a disk: a measurement in memory would say nothing.
 * Stateless.
 */
public final class RealDisk {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");

    private RealDisk() {}

    /**
     * The type of the file system that a folder is on, as {@code ext4}.
     *
     * @throws NoDisk if an fsync costs nothing there and proves nothing
     * @throws IOException if the folder is not there
     */
    public static String under(final Path folder) throws IOException {
        return require(folder, Files.getFileStore(folder).type());
    }

    static String require(final Path folder, final String type) throws NoDisk {
        if (IN_MEMORY.contains(type)) {
            throw new NoDisk(folder, type);
        }
        return type;
    }

    /** A folder in memory; the next step is to name another. */
    public static final class NoDisk extends IOException {
        private static final long serialVersionUID = 1L;

        NoDisk(final Path folder, final String type) {
            super("expected a folder on a disk but " + folder + " is on " + type + ", in memory");
        }
    }
}
