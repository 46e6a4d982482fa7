package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a checkout of its own, with a Maven that only notes that it ran and a Java
 * that only prints what it was given.
 */
@Timeout(60)
final class LauncherTest {
    private static final String JAVA =
            """
            #!/bin/bash
            if [[ $1 == -version ]]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; fi
            echo "java $*"
            exit 7
            """;
    private static final String ARCHIVING_JAVA =
            """
            #!/bin/bash
            if [[ $1 == -version ]]; then echo 'openjdk version "17.0.15" 2026-01-01' >&2; exit 0; fi
            for word in "$@"; do
                case $word in
                    -XX:ArchiveClassesAtExit=*) touch "${word#*=}"; exit 0 ;;
                esac
            done
            echo "java $*"
            """;
    private static final String MVN =
            """
            #!/bin/bash
            echo "noise of the build"
            echo built >> "$LOG"
            mkdir -p publisher/target && touch publisher/target/nelumbo.jar
            """;

    @TempDir Path temporary;
    private Path checkout;
    private Path log;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = temporary.resolve("check out");
        log = temporary.resolve("log");
        Files.createDirectories(checkout.resolve("publisher/bin"));
        Files.copy(Path.of("bin", "nelumbo"), checkout.resolve("publisher/bin/nelumbo"));
        Files.createFile(checkout.resolve("pom.xml"));
        for (final String module : List.of("config", "journal", "statemachine", "publisher")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
            Files.createFile(checkout.resolve(module).resolve("src/main/A.java"));
        }
        script(temporary.resolve("tools/mvn"), MVN);
        script(temporary.resolve("jdk/bin/java"), JAVA.formatted("17.0.15"));
    }

    @Test
    void shouldBuildOnFirstUseOnlyAndKeepTheBuildOutOfTheAnswer() throws Exception {
        final Ran first = run("net", "two words");
        final Ran second = run("net");

        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(first.out()).startsWith("java ").endsWith("nelumbo.jar net two words\n");
        assertThat(first.err()).contains("nelumbo: building", "noise of the build");
        assertThat(second.err()).isEmpty();
        assertThat(log).hasContent("built");
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        run("net");
        Files.setLastModifiedTime(
                checkout.resolve("journal/src/main/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run("net").err()).contains("nelumbo: building");
    }

    /** Whoever built the jar: a build of all modules makes no archive. */
    @Test
    void shouldKeepTheClassesOfEachJarOnce() throws Exception {
        // given
        run("net");
        final Path target = checkout.resolve("publisher/target");
        script(temporary.resolve("jdk/bin/java"), ARCHIVING_JAVA);
        Files.setLastModifiedTime(
                target.resolve("nelumbo.jar"), FileTime.from(Instant.now().plusSeconds(1)));

        // when: the archive is of the future too, because the jar is
        final Ran first = run("net");
        Files.setLastModifiedTime(
                target.resolve("nelumbo-17.jsa"), FileTime.from(Instant.now().plusSeconds(2)));
        final Ran second = run("net");

        // then
        assertThat(first.err()).contains("keeping its classes");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("-XX:SharedArchiveFile=" + target);
    }

    /** A build of one module changes only that one's jar. */
    @Test
    void shouldKeepTheClassesAnewWhenAnotherJarIsNewer() throws Exception {
        // given
        run("net");
        final Path target = checkout.resolve("publisher/target");
        script(temporary.resolve("jdk/bin/java"), ARCHIVING_JAVA);
        Files.createFile(target.resolve("nelumbo-17.jsa"));
        Files.setLastModifiedTime(
                target.resolve("nelumbo-17.jsa"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("net").err()).isEmpty();

        // when
        final Path journal = Files.createDirectories(target.resolve("lib")).resolve("journal.jar");
        Files.createFile(journal);
        Files.setLastModifiedTime(journal, FileTime.from(Instant.now().plusSeconds(120)));

        // then
        assertThat(run("net").err()).contains("keeping its classes");
    }

    @Test
    void shouldNotTestItselfAgainWithAJarThatFailed() throws Exception {
        assertThat(run("net").err()).contains("the self-test failed");
        assertThat(run("net").err()).isEmpty();
        assertThat(run("net").out()).doesNotContain("SharedArchiveFile");
    }

    @Test
    void shouldStartThroughASymbolicLinkFromAnyFolder() throws Exception {
        final Path link = Files.createDirectories(temporary.resolve("a/b")).resolve("nel");
        Files.createSymbolicLink(link, Path.of("../../check out/publisher/bin/nelumbo"));

        final Ran ran = runScript(link, Map.of(), "net");

        assertThat(ran.out()).contains("-jar " + checkout + "/publisher/target/nelumbo.jar net");
    }

    @Test
    void shouldPutTheUsersJavaOptionsLast() throws Exception {
        final Ran ran =
                runScript(
                        checkout.resolve("publisher/bin/nelumbo"),
                        Map.of("NELUMBO_JAVA_OPTS", "-Xmx5g -Da=b"),
                        "daemon");

        assertThat(ran.out()).containsSubsequence("-Xmx2g ", " -Xmx5g -Da=b -jar ");
    }

    @Test
    void shouldBoundInliningOfNodesThatStayAsTheBenchesDo() throws Exception {
        final Ran ran = runScript(checkout.resolve("publisher/bin/nelumbo"), Map.of(), "daemon");

        assertThat(ran.out()).contains(String.join(" ", SelfCommand.boundedInlining()));
    }

    @Test
    void shouldAllowUnsafeMemoryWhereJavaWouldWarn() throws Exception {
        assertThat(run("net").out()).doesNotContain("--sun-misc-unsafe-memory-access");

        script(temporary.resolve("jdk/bin/java"), JAVA.formatted("25"));

        assertThat(run("net").out()).contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void shouldRefuseAnOlderJava() throws Exception {
        script(temporary.resolve("jdk/bin/java"), JAVA.formatted("11.0.2"));

        final Ran ran = run("net");

        assertThat(ran.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(ran.err()).contains("expected Java 17 or later but", "is 11");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void shouldNotStartWhatCouldNotBeBuilt() throws Exception {
        script(temporary.resolve("tools/mvn"), "#!/bin/bash\nexit 1\n");

        final Ran ran = run("net");

        assertThat(ran.exitCode()).isEqualTo(ExitCodes.UNUSABLE_FOLDER);
        assertThat(ran.err()).contains("nelumbo: the build failed");
        assertThat(ran.out()).isEmpty();
    }

    private Ran run(final String... words) throws IOException, InterruptedException {
        return runScript(checkout.resolve("publisher/bin/nelumbo"), Map.of(), words);
    }

    private Ran runScript(
            final Path script, final Map<String, String> environment, final String... words)
            throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(words));
        builder.directory(temporary.toFile());
        builder.environment().remove("NELUMBO_JAVA_OPTS");
        builder.environment().putAll(environment);
        builder.environment().put("LOG", log.toString());
        builder.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        builder.environment()
                .merge("PATH", temporary.resolve("tools") + ":", (path, tools) -> tools + path);
        final Path err = temporary.resolve("stderr");
        builder.redirectError(err.toFile());
        final Process process = builder.start();
        final String out =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(err));
    }

    private static void script(final Path file, final String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the script said and how it ended. */
    private record Ran(int exitCode, String out, String err) {}
}
