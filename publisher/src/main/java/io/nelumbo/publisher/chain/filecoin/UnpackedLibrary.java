package io.nelumbo.publisher.chain.filecoin;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A native library out of a jar: the system's loader takes files only. Any thread. */
final class UnpackedLibrary {
    private UnpackedLibrary() {}

    /**
     * Loads a library; once it is mapped, nobody needs its file.
     *
     * @param name for people
     * @throws IOException what stands in the way, and what to do
     */
    static NativeLibrary load(final String name, final InputStream library) throws IOException {
        try {
            final Path file = Files.createTempFile(name + "-", ".so");
            try {
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                return NativeLibrary.getInstance(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (final IOException | UnsatisfiedLinkError e) {
            throw new IOException(
                    "cannot load "
                            + name
                            + " from "
                            + System.getProperty("java.io.tmpdir")
                            + " ("
                            + e.getMessage()
                            + "): set -Djava.io.tmpdir to a folder that takes files and lets"
                            + " libraries be loaded",
                    e);
        }
    }
}
