package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The test's end of a {@link ReplicaProcess}: starts it, hears it, kills it. */
final class ChildReplica {

    private static final long NOTHING_APPLIED = -1;

    private final Path folder;
    private final RaftMember self;
    private final List<RaftMember> members;
    private final Acknowledged acknowledged;
    private Process process;
    private Thread ear;
    volatile boolean following;
    volatile long leadingTerm;
    volatile long height = NOTHING_APPLIED;
    volatile String state = "";
    private volatile boolean asked;

    ChildReplica(
            final Path folder,
            final RaftMember self,
            final List<RaftMember> members,
            final Acknowledged acknowledged) {
        this.folder = folder;
        this.self = self;
        this.members = members;
        this.acknowledged = acknowledged;
    }

    void start() throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // Short-lived, three at once, on few cores: the optimising compiler would only be in the
        // way.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ReplicaProcess.class.getName(), folder.toString()));
        members.forEach(member -> command.add(member.peerId() + "=" + member.port()));
        process =
                new ProcessBuilder(command)
                        .redirectError(folder.resolveSibling(self.peerId() + ".err").toFile())
                        .start();
        ear = new Thread(() -> listen(process), self.peerId() + "-ear");
        ear.setDaemon(true);
        ear.start();
    }

    private void listen(final Process speaker) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(speaker.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                hear(line.split(" ", 2));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(final String[] words) {
        switch (words[0]) {
            case "FOLLOWING" -> following = true;
            case "LEADING" -> leadingTerm = Long.parseLong(words[1]);
            case "ACKED" -> acknowledged.add(words[1]);
            case "HEIGHT" -> {
                height = Long.parseLong(words[1]);
                asked = false;
            }
            case "STATE" -> {
                state = words[1];
                asked = false;
            }
            default -> {
                // A line of some library's log.
            }
        }
    }

    /** Asks how far it has applied, unless an answer is still due. */
    void askHeight() {
        ask(ReplicaProcess.HEIGHT);
    }

    /** Asks for the hash of all it holds, unless an answer is still due. */
    void askState() {
        ask(ReplicaProcess.STATE);
    }

    private void ask(final String question) {
        if (asked) {
            return;
        }
        asked = true;
        try {
            process.getOutputStream().write((question + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL; returns when all that it had said is heard. */
    void kill() throws InterruptedException {
        // Not by the Process, which would close its end of the pipe with lines still in it.
        process.toHandle().destroyForcibly();
        process.waitFor();
        ear.join();
        leadingTerm = 0;
        following = false;
    }

    /** Lets it end in order, without waiting for that. */
    void dismiss() throws IOException {
        if (process != null && process.isAlive()) {
            process.getOutputStream().close();
        }
    }

    /** Returns when it has ended and all that it said is heard. */
    void end() throws IOException, InterruptedException {
        dismiss();
        if (process != null) {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
            ear.join();
        }
    }

    /** Its journal, once it has ended. */
    Path journal() {
        return folder.resolve(ReplicaProcess.JOURNAL);
    }

    String peerId() {
        return self.peerId();
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
