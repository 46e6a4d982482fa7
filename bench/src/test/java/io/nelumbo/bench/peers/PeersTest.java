package io.nelumbo.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.bench.cluster.NelumboContestant;
import io.nelumbo.bench.peers.aeron.AeronContestant;
import io.nelumbo.bench.process.ChildJvm;
import io.nelumbo.publisher.load.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contestants as they are measured, but for a moment only and with cheaper JVMs: ours, and the peer
 * that has least in common with it.
 */
class PeersTest {

    private static final int MESSAGE_BYTES = 256;
    private static final Duration MOMENT = Duration.ofMillis(100);

    @TempDir private Path folder;

    static Stream<Contestant> contestants() {
        return Stream.of(new NelumboContestant(MESSAGE_BYTES), new AeronContestant(MESSAGE_BYTES));
    }

    @ParameterizedTest
    @MethodSource("contestants")
    void shouldAcknowledgeAllAndLeaveNothingBehindWhenUnderLoad(final Contestant contestant)
            throws IOException {
        // given
        final List<ProcessHandle> processes;
        final LoadResult serial;
        final LoadResult many;
        try (RunningCluster cluster = contestant.start(folder)) {
            processes = cluster.members().stream().map(ChildJvm::handle).toList();

            // when
            serial = cluster.run(LoadOrder.closed(1, 1, "1x1", Duration.ZERO, MOMENT));
            many = cluster.run(LoadOrder.closed(100, 50, "50x2", Duration.ZERO, MOMENT));
            assertThat(bytesOnDisk()).isGreaterThan(many.counts().acknowledged() * MESSAGE_BYTES);
        }

        // then
        assertThat(serial.counts().acknowledged()).isPositive().isEqualTo(serial.counts().due());
        assertThat(many.counts().acknowledged()).isPositive().isEqualTo(many.counts().due());
        assertThat(processes).hasSize(3).noneMatch(ProcessHandle::isAlive);
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(PeersTest::size).sum();
        }
    }

    private static long size(final Path file) {
        return file.toFile().length();
    }
}
