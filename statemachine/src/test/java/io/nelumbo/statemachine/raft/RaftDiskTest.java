package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I11: stop before the disk is full. */
final class RaftDiskTest {

    @TempDir Path folder;

    @Test
    void shouldHaveNoHeadroomWhenLessIsFreeThanTheWatermark_I11() {
        assertThat(new RaftDisk(folder, Long.MAX_VALUE, Duration.ZERO).hasHeadroom()).isFalse();
    }

    @Test
    void shouldHaveHeadroomWhenAtLeastTheWatermarkIsFree() {
        assertThat(new RaftDisk(folder, 0, Duration.ZERO).hasHeadroom()).isTrue();
    }

    @Test
    void shouldFailWhenTheDiskDoesNotSay_I11() {
        final RaftDisk gone = new RaftDisk(folder.resolve("gone"), 0, Duration.ZERO);

        assertThatThrownBy(gone::hasHeadroom)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone");
    }
}
