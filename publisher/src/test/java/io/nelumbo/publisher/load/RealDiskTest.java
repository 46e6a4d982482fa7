package io.nelumbo.publisher.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealDiskTest {

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ramfs"})
    void shouldRefuseAFolderInMemoryAndNameItsKind(final String type) {
        assertThatThrownBy(() -> RealDisk.require(Path.of("/somewhere"), type))
                .isInstanceOf(RealDisk.NoDisk.class)
                .hasMessageContaining("/somewhere")
                .hasMessageContaining(type);
    }

    @Test
    void shouldTakeADiskAndNameItsFileSystem() throws Exception {
        assertThat(RealDisk.require(Path.of("/somewhere"), "ext4")).isEqualTo("ext4");
    }

    @Test
    void shouldProbeADiskAndLeaveNothingBehind(@TempDir final Path folder) throws Exception {
        final Latency disk = DiskProbe.run(folder, Duration.ofMillis(50));

        assertThat(disk.histogram().getTotalCount()).isPositive();
        assertThat(disk.perSecond()).isPositive();
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
