package io.nelumbo.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Folders as a configuration names them: absolute, relative to the node's folder, or {@code ~/}.
 */
final class FolderText {
    private FolderText() {}

    /** Resolves a folder and looks whether it can be used; makes nothing. */
    static Outcome resolve(final String text, final Path base) {
        final Path folder;
        try {
            folder = path(text, base);
        } catch (final InvalidPathException e) {
            return new Unusable("is no path: " + e.getReason());
        }
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            final Path parent = existing.getParent();
            if (parent == null) {
                return new Unusable(folder + " cannot be reached");
            }
            existing = parent;
        }
        if (!Files.isDirectory(existing)) {
            return new Unusable(existing + " is not a folder");
        }
        if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
            return new Unusable(existing + " is not writable");
        }
        return new Usable(folder);
    }

    /** The path that a text names; throws {@link InvalidPathException} if there is none. */
    static Path path(final String text, final Path base) {
        return text.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), text.substring(2))
                : base.resolve(text).normalize();
    }

    sealed interface Outcome {}

    record Usable(Path folder) implements Outcome {}

    record Unusable(String wrong) implements Outcome {}
}
