package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.node.NodeLock.Held;
import io.nelumbo.publisher.node.NodeLock.Taken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class NodeLockTest {
    @TempDir Path temporary;

    @Test
    void shouldRefuseASecondStartAndSayWhoRuns() throws IOException {
        final NodeFolder folder = new NodeFolder(temporary);

        try (NodeLock first = take(folder)) {
            assertThat(NodeLock.take(folder))
                    .isInstanceOfSatisfying(
                            Held.class,
                            held ->
                                    assertThat(held.holder())
                                            .startsWith(
                                                    "process "
                                                            + ProcessHandle.current().pid()
                                                            + ", started 20"));
            assertThat(first).isNotNull();
        }
    }

    @Test
    void shouldLetTheNextOneInWhenClosed() throws IOException {
        final NodeFolder folder = new NodeFolder(temporary);
        take(folder).close();

        take(folder).close();
    }

    @Test
    @Timeout(30)
    void shouldRefuseAnotherProcess() throws IOException, InterruptedException {
        final NodeFolder folder = new NodeFolder(temporary);

        try (NodeLock ours = take(folder)) {
            assertThat(ours).isNotNull();
            assertThat(takenByAnotherProcess(folder))
                    .isEqualTo("held by process " + ProcessHandle.current().pid());
        }
        assertThat(takenByAnotherProcess(folder)).isEqualTo("taken");
    }

    private static NodeLock take(final NodeFolder folder) throws IOException {
        final NodeLock.Outcome outcome = NodeLock.take(folder);
        assertThat(outcome).isInstanceOf(Taken.class);
        return ((Taken) outcome).lock();
    }

    private static String takenByAnotherProcess(final NodeFolder folder)
            throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                folder.root().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        final String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    /** The other process. */
    static final class Other {
        private Other() {}

        public static void main(final String[] args) throws IOException {
            final NodeLock.Outcome outcome = NodeLock.take(new NodeFolder(Path.of(args[0])));
            System.out.print(
                    outcome instanceof Held held
                            ? "held by " + held.holder().replaceAll(",.*", "")
                            : "taken");
        }
    }
}
