package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.ledger.Ledger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A replica in a process of its own, for a test that kills it. Submits messages whenever it leads,
 * and says so on its output, a line each: {@code LEADING term} and {@code ACKED firstSequence
 * batchHash} for each batch whose outcome a client would have been told; before that {@code
 * FOLLOWING peer}, when it first leads or has caught up with the others. Any line on its input ends
 * the submitting. {@code height} is answered by {@code HEIGHT appliedRaftIndex}, {@code state} by
 * {@code STATE nextSequence ledgerDigest journalHash}: nothing is applied while that is made, so
 * who waits for a replica to catch up asks for its height. The end of the input ends the process.
 */
final class ReplicaProcess {

    static final String IDENTITY = "identity.key";
    static final String JOURNAL = "journal";

    static final String HEIGHT = "height";
    static final String STATE = "state";

    private static final long NO_GOAL = -1;
    private static final int BATCHES_PER_BURST = 4;
    private static final int MESSAGES_PER_BATCH = 10;

    /**
     * A kill that follows an acknowledgement finds the rest of its burst in flight; and it leaves
     * processors to elections and to whoever catches up: a young replica takes some ten
     * milliseconds of them for an entry.
     */
    private static final long BETWEEN_BURSTS_NS = TimeUnit.MILLISECONDS.toNanos(80);

    private final RaftNode node;
    private final Ledger ledger;
    private final Journal journal;
    private final RecordingListener listener;
    private volatile boolean quiet;

    /** Raft index to reach before it counts as back; the submitting thread's. */
    private long goal = NO_GOAL;

    private ReplicaProcess(
            final RaftNode node,
            final Ledger ledger,
            final Journal journal,
            final RecordingListener listener) {
        this.node = node;
        this.ledger = ledger;
        this.journal = journal;
        this.listener = listener;
    }

    /** Arguments: folder with the identity in it, and each member as {@code peerId=port}. */
    public static void main(final String[] args) throws Exception {
        final List<RaftMember> members = new ArrayList<>();
        for (int n = 1; n < args.length; n++) {
            final String[] member = args[n].split("=", 2);
            members.add(new RaftMember(member[0], "127.0.0.1", Integer.parseInt(member[1])));
        }
        final Path folder = Path.of(args[0]);
        final RaftSettings settings =
                RaftSettings.standard(
                        PeerIdentity.read(folder.resolve(IDENTITY)),
                        RaftCluster.foundedBy(members),
                        folder.resolve("raft"));
        final Halt halt = new ProcessHalt();
        final Ledger ledger = new Ledger();
        final RecordingListener listener = new RecordingListener();
        try (Journal journal = openJournal(folder.resolve(JOURNAL));
                RaftNode node = RaftNode.start(settings, ledger, journal, listener, halt)) {
            final JournalForcer forcer = JournalForcer.start(journal, Duration.ofMillis(20), halt);
            final ReplicaProcess process = new ReplicaProcess(node, ledger, journal, listener);
            final Thread submitter = new Thread(process::submit, "submitter");
            submitter.setDaemon(true);
            submitter.start();
            process.obey();
            submitter.join();
            forcer.close();
        }
    }

    private static Journal openJournal(final Path folder) {
        return ChronicleJournal.open(
                folder, ChronicleJournalOptions.defaults().withFreeSpaceWatermarkBytes(1 << 20));
    }

    private void submit() {
        // Ratis does not count the vote of a member whose log is empty.
        Await.until("its place", () -> leads() || isAbreast() || quiet);
        say("FOLLOWING " + node.leader().orElse("nobody"));
        while (!quiet) {
            Await.until("a term to lead", () -> leads() || quiet);
            if (!quiet) {
                lead();
            }
        }
    }

    /**
     * Has applied what the leader had committed when it was first heard of. What it commits
     * meanwhile is not waited for: on a busy machine that would be a race.
     */
    private boolean isAbreast() {
        final RaftStatus status = node.status();
        if (goal == NO_GOAL) {
            goal =
                    status.members().stream()
                            .filter(member -> member.peerId().equals(status.leader()))
                            .mapToLong(RaftStatus.Member::commitIndex)
                            .filter(index -> index > 0)
                            .findFirst()
                            .orElse(NO_GOAL);
        }
        return goal != NO_GOAL && status.appliedIndex() >= goal;
    }

    private boolean leads() {
        return node.isLeading()
                && listener.led.contains(node.term())
                && ledger.epoch() < node.term();
    }

    private void lead() {
        final TestSequencer opening = new TestSequencer(node, ledger);
        opening.openEpoch().join();
        if (ledger.epoch() != opening.term()) {
            return;
        }
        say("LEADING " + opening.term());
        final TestSequencer sequencer = new TestSequencer(node, ledger);
        if (ledger.accountCount() == 0) {
            sequencer.openAccount().join();
        }
        boolean leading = true;
        while (!quiet && leading) {
            final List<CompletableFuture<Boolean>> burst = new ArrayList<>();
            for (int n = 0; n < BATCHES_PER_BURST; n++) {
                burst.add(submitNext(sequencer));
            }
            LockSupport.parkNanos(BETWEEN_BURSTS_NS);
            leading = burst.stream().allMatch(CompletableFuture::join);
        }
    }

    /** Acknowledges a batch at once, as a client would be told, whatever else is done. */
    private static CompletableFuture<Boolean> submitNext(final TestSequencer sequencer) {
        final long firstSequence = sequencer.nextSequence();
        final byte[] batch = sequencer.nextMessages(MESSAGES_PER_BATCH);
        final String acknowledgement = "ACKED " + firstSequence + " " + hashOf(batch);
        return sequencer
                .submit(batch)
                .thenApply(
                        outcome -> {
                            if (outcome instanceof SubmitOutcome.Committed) {
                                say(acknowledgement);
                                return true;
                            }
                            return false;
                        });
    }

    /** SHA-256, in hexadecimal. */
    static String hashOf(final byte[] batch) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(batch));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void obey() throws IOException {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            quiet = true;
            say(line.equals(HEIGHT) ? "HEIGHT " + node.status().appliedIndex() : state());
        }
        quiet = true;
    }

    private String state() {
        final HexFormat hex = HexFormat.of();
        return "STATE "
                + ledger.nextSequence()
                + " "
                + hex.formatHex(ledger.digest())
                + " "
                + hex.formatHex(journal.last().hash());
    }

    private static void say(final String line) {
        System.out.println(line);
        System.out.flush();
    }
}
