package io.nelumbo.publisher.fuzz.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.fuzz.Door;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A long look at every way in, by Jazzer, which follows the branches that bytes reach; runs in the
 * Maven profile campaign only, {@code -Dfuzz.seconds} for each door. A process for each, since
 * Jazzer instruments a whole JVM. What breaks a door is printed in base64 and, with a test of its
 * own, becomes a fact of the tests.
 */
final class FuzzCampaign {
    private static final long EACH_S = Long.getLong("fuzz.seconds", 60);
    private static final long START_AND_END_S = 120;

    @TempDir static Path folder;

    static List<Door> doors() {
        return Doors.all(folder);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldTakeOrRefuseWhateverReachesNewBranches(final Door door) throws Exception {
        final Path work = Files.createDirectories(folder.resolve(door.name()));
        final Path corpus = Files.createDirectory(work.resolve("corpus"));
        for (int i = 0; i < door.samples().size(); i++) {
            Files.write(corpus.resolve("sample-" + i), door.samples().get(i));
        }
        final Path output = work.resolve("output");

        final Process jazzer =
                new ProcessBuilder(command(door, work, corpus))
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(jazzer.waitFor(EACH_S + START_AND_END_S, TimeUnit.SECONDS))
                    .as("Jazzer ends in time at %s", door)
                    .isTrue();
        } finally {
            jazzer.destroyForcibly();
        }

        final String end = end(output);
        System.out.println(door + ": " + end.substring(end.lastIndexOf('\n') + 1));
        assertThat(jazzer.exitValue()).as("%s: %s", door, end).isZero();
    }

    private static List<String> command(final Door door, final Path work, final Path corpus) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The openings that Agrona needs, as this process has them.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.add("-Xmx512m");
        command.add("-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
        command.add("-D" + JazzerTarget.DOOR + "=" + door.name());
        command.add("-D" + JazzerTarget.FOLDER + "=" + work);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + JazzerTarget.class.getName());
        command.add("--instrumentation_includes=io.nelumbo.**:com.fasterxml.**:org.tomlj.**");
        command.add("--custom_hook_includes=io.nelumbo.**");
        command.add("-timeout=30");
        command.add("-max_total_time=" + EACH_S);
        command.add("-max_len=16384");
        command.add("-print_final_stats=1");
        command.add(corpus.toString());
        return command;
    }

    private static String end(final Path output) throws IOException {
        final String text = Files.readString(output);
        return text.substring(Math.max(0, text.length() - 20_000)).strip();
    }
}
