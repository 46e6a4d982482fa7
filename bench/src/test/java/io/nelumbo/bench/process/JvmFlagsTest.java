package io.nelumbo.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {

    @Test
    void shouldLeaveOutItsCollectorWhenAnotherIsAskedFor() {
        assertThat(JvmFlags.heapAndCollector(List.of("-XX:+UseG1GC", "-Xmx2g")))
                .containsExactly("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-Xmx2g");
        assertThat(JvmFlags.heapAndCollector(List.of("-Xlog:gc")))
                .containsExactly("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-Xlog:gc");
    }

    @Test
    void shouldTakeTheCollectorThatIsAskedForFromOutsideWhenAProcessHasItsOwn() {
        assertThat(JvmFlags.together(List.of("-Xmx9g", "-XX:+UseG1GC"), List.of("-Xlog:gc")))
                .containsExactly("-Xmx9g", "-XX:+UseG1GC", "-Xlog:gc");
        assertThat(JvmFlags.together(List.of("-Xmx9g", "-XX:+UseG1GC"), List.of("-XX:+UseZGC")))
                .containsExactly("-Xmx9g", "-XX:+UseZGC");
    }
}
