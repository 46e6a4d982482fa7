package io.nelumbo.journal.chronicle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint in a journal folder, replaced whole: after a power cut it is the old one or the
 * new one. Stateless.
 */
final class CheckpointFile {

    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointFile.class);
    private static final String FILE_NAME = "checkpoint";
    private static final String NEXT_FILE_NAME = "checkpoint.next";
    private static final int MAX_BYTES = 4096;

    private CheckpointFile() {}

    /** Durable on return. */
    static void write(final Path folder, final Checkpoint checkpoint) throws IOException {
        final Path next = folder.resolve(NEXT_FILE_NAME);
        Files.writeString(next, checkpoint.toText(), StandardCharsets.UTF_8);
        Fsync.file(next);
        Files.move(next, folder.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
        Fsync.directory(folder);
    }

    /** Null if there is none, or none that can be believed: verify the whole journal then. */
    static @Nullable Checkpoint read(final Path folder) throws IOException {
        final Path file = folder.resolve(FILE_NAME);
        try {
            final byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES);
            }
            final Checkpoint checkpoint =
                    Checkpoint.ofText(new String(bytes, StandardCharsets.UTF_8));
            if (checkpoint == null) {
                LOGGER.warn("The checkpoint {} is damaged and is ignored", file);
            }
            return checkpoint;
        } catch (final NoSuchFileException none) {
            return null;
        }
    }
}
