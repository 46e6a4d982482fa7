package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {

    @TempDir private Path folder;

    @Test
    void shouldRefuseAPartThatThereIsNot() {
        assertThat(run("--only", "disk,etcd")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void shouldMeasureOnlyWhatIsAskedFor() {
        final PrintStream before = System.out;
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(run("--only", "disk", "--quick")).isEqualTo(CommandLine.ExitCode.OK);
        } finally {
            System.setOut(before);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("disk (")
                .contains("4 KiB append");
        assertThat(folder).isEmptyDirectory();
    }

    private int run(final String... arguments) {
        return new CommandLine(new CompareCommand()).execute(with(arguments));
    }

    private String[] with(final String... arguments) {
        final String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--folder";
        all[arguments.length + 1] = folder.toString();
        return all;
    }
}
