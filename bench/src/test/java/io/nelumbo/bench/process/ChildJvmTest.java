package io.nelumbo.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    /** Says what it hears; fails when it hears {@code fail}. */
    static final class Echo {
        public static void main(final String[] arguments) {
            final ParentWatch parent = new ParentWatch();
            parent.say("PID " + ProcessHandle.current().pid());
            while (true) {
                final String line = parent.hear();
                if (line.equals("fail")) {
                    throw new IllegalStateException("told to fail");
                }
                parent.say("noise");
                parent.say("HEARD " + line + arguments[0]);
            }
        }
    }

    /** A parent of an {@link Echo}, to be killed. */
    static final class Parent {
        public static void main(final String[] arguments) throws IOException {
            final ParentWatch parent = new ParentWatch();
            final ChildJvm child =
                    ChildJvm.start("grandchild", Echo.class, List.of("!"), Path.of(arguments[0]));
            parent.say("GRANDCHILD " + child.await("PID ", PATIENCE));
            parent.outlast();
        }
    }

    @Test
    void shouldTalkInLinesAndBeGoneWhenClosed() throws IOException {
        // given
        final ProcessHandle handle;
        try (ChildJvm child = ChildJvm.start("echo", Echo.class, List.of("!"), folder)) {
            handle = child.handle();

            // when
            child.say("hello");

            // then
            assertThat(child.await("HEARD ", PATIENCE)).isEqualTo("hello!");
        }
        assertThat(handle.isAlive()).isFalse();
    }

    @Test
    void shouldQuoteWhatItComplainedOfWhenItEndsTooEarly() throws IOException {
        try (ChildJvm child = ChildJvm.start("echo", Echo.class, List.of("!"), folder)) {
            child.say("fail");

            assertThatThrownBy(() -> child.await("HEARD ", PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("told to fail");
        }
    }

    @Test
    void shouldEndTheChildWhenItsParentIsKilled() throws Exception {
        try (ChildJvm parent =
                ChildJvm.start("parent", Parent.class, List.of(folder.toString()), folder)) {
            // given
            final long pid = Long.parseLong(parent.await("GRANDCHILD ", PATIENCE));
            final ProcessHandle grandchild = ProcessHandle.of(pid).orElseThrow();

            // when
            parent.handle().destroyForcibly();

            // then
            grandchild.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
