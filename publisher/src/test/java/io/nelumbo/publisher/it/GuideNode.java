package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.cli.devnet.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A node as somebody makes it who follows the guide: each step is a command that he types, or an
 * edit of {@code config.toml}. Owned by the test's thread.
 */
final class GuideNode implements AutoCloseable {
    private final Path folder;
    private final NodeProcess process;

    private GuideNode(final Path folder) {
        this.folder = folder;
        final List<String> daemon = new ArrayList<>(Program.COMMAND);
        daemon.addAll(List.of("--folder", folder.toString(), "daemon"));
        this.process = new NodeProcess(folder, daemon);
    }

    /** {@code nelumbo init}. */
    static GuideNode init(final Path folder) throws IOException, InterruptedException {
        final GuideNode node = new GuideNode(folder);
        node.said("init");
        return node;
    }

    /** Removes the # before a key, and gives it a value. */
    void set(final String key, final String value) throws IOException {
        final String before = Files.readString(config());
        final String after =
                before.replaceFirst(
                        "(?m)^  #" + key + " = .*$",
                        Matcher.quoteReplacement("  " + key + " = " + value));
        assertThat(after).as("config.toml with %s", key).isNotEqualTo(before);
        Files.writeString(config(), after);
    }

    /** Writes lines at the end of the configuration. */
    void append(final String lines) throws IOException {
        Files.writeString(config(), lines, StandardOpenOption.APPEND);
    }

    /** What a command prints, without the line's end; it must succeed. */
    String said(final String... words) throws IOException, InterruptedException {
        final Program.Ran ran = run(words);
        assertThat(ran.exitCode()).as("%s", ran).isZero();
        return ran.out().strip();
    }

    /** Runs a command about this node. */
    Program.Ran run(final String... words) throws IOException, InterruptedException {
        return Program.run(folder, words);
    }

    /** What stands behind the variable's name in {@code nelumbo auth api-info}. */
    String apiInfo() throws IOException, InterruptedException {
        return said("auth", "api-info").substring("FULLNODE_API_INFO=".length());
    }

    /** {@code nelumbo daemon}, in its own terminal; does not wait. */
    void start() throws IOException {
        process.start();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** What the daemon has logged so far. */
    List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("node.log"));
    }

    @Override
    public void close() {
        process.close();
    }

    private Path config() {
        return folder.resolve("config.toml");
    }
}
