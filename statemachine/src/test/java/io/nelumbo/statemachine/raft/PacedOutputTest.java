package io.nelumbo.statemachine.raft;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PacedOutputTest {

    private static final long LONGEST_REST_NS = 50_000_000;

    @TempDir Path folder;

    private final List<Long> restsNs = new ArrayList<>();

    @Test
    void shouldRestAfterEachPieceAndNeverLong() throws IOException {
        // given
        final byte[] bytes = new byte[3 * PacedOutput.PIECE_BYTES + 1];
        new Random(7).nextBytes(bytes);
        final Path file = folder.resolve("file");

        // when
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE);
                OutputStream out = new PacedOutput(channel, restsNs::add)) {
            for (int at = 0; at < bytes.length; at += PacedOutput.PIECE_BYTES / 4) {
                out.write(bytes, at, Math.min(PacedOutput.PIECE_BYTES / 4, bytes.length - at));
            }
        }

        // then
        assertThat(restsNs).hasSize(3).allMatch(ns -> ns > 0 && ns <= LONGEST_REST_NS);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void shouldNotRestWithinAPiece() throws IOException {
        // when
        try (FileChannel channel = FileChannel.open(folder.resolve("file"), CREATE, WRITE);
                OutputStream out = new PacedOutput(channel, restsNs::add)) {
            out.write(new byte[PacedOutput.PIECE_BYTES - 1]);
        }

        // then
        assertThat(restsNs).isEmpty();
    }
}
