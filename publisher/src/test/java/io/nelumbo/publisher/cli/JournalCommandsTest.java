package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.cli.Cli.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalCommandsTest {
    private static final String ADDRESS = "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba";
    private static final byte[] SIGNED = bytes(100, 0x5a);
    private static final long START_NS = 1_700_000_000_000_000_000L;

    @TempDir Path temporary;
    private Path folder;
    private long nextSequence;

    @BeforeEach
    void writeAJournal() {
        folder = temporary.resolve("journal");
        try (ChronicleJournal journal =
                ChronicleJournal.open(folder, ChronicleJournalOptions.defaults())) {
            append(journal, 2, new Event.EpochOpened(1, "12D3KooWLeader"));
            append(
                    journal,
                    3,
                    new Event.AccountOpened(
                            0, ChainKind.FILECOIN, FilecoinAddress.parse(ADDRESS).bytes(), 40));
            append(journal, 5, sequenced(40), sequenced(41));
            append(journal, 6, new Event.NonceConfirmed(0, 41, 1000));
        }
    }

    @Test
    void shouldFindAJournalIntact() {
        final Result text = new Cli().run("journal", "verify", folder);
        final Result json = new Cli().run("journal", "verify", folder, "--json");

        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).startsWith("intact: 4 records, 5 events");
        assertThat(json.json().path("intact").asBoolean()).isTrue();
        assertThat(json.json().path("last").path("nextSequence").asLong()).isEqualTo(5);
        assertThat(json.json().path("last").path("hash").asText()).hasSize(64);
    }

    @Test
    void shouldFindTheByteThatWasChanged() throws IOException {
        flipAByteOf(SIGNED);

        final Result text = new Cli().run("journal", "verify", folder);
        final Result json = new Cli().run("journal", "verify", folder, "--json");

        assertThat(text.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(text.out()).startsWith("BROKEN").contains("sound up to sequence 2");
        assertThat(json.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(json.json().path("lastSound").path("raftIndex").asLong()).isEqualTo(3);
        assertThat(new Cli().run("journal", "replay", folder).exitCode())
                .isEqualTo(ExitCodes.BAD_ANSWER);
        assertThat(new Cli().run("journal", "show", folder).exitCode())
                .isEqualTo(ExitCodes.BAD_ANSWER);
    }

    @Test
    void shouldReplayAJournalToTheStateItStandsFor() {
        final JsonNode state = new Cli().run("journal", "replay", folder, "--json").json();

        assertThat(state.path("records").asLong()).isEqualTo(4);
        assertThat(state.path("epoch").asLong()).isEqualTo(1);
        assertThat(state.path("nextSequence").asLong()).isEqualTo(5);
        assertThat(state.path("unconfirmedMessages").asLong()).isEqualTo(1);
        assertThat(state.path("digest").asText()).isNotEmpty();
        final JsonNode account = state.path("accounts").get(0);
        assertThat(account.path("address").asText()).isEqualTo(ADDRESS);
        assertThat(account.path("nextNonce").asText()).isEqualTo("42");
        assertThat(account.path("confirmedNonce").asText()).isEqualTo("41");
        assertThat(new Cli().run("journal", "replay", folder).out())
                .contains(ADDRESS + ": nonces 40 to below 42, confirmed to below 41");
    }

    @Test
    void shouldShowEventsAsJsonLines() throws IOException {
        final List<JsonNode> all = lines(new Cli().run("journal", "show", folder));
        final List<JsonNode> some =
                lines(
                        new Cli()
                                .run(
                                        "journal",
                                        "show",
                                        folder,
                                        "--from-sequence",
                                        "3",
                                        "--limit",
                                        "1"));

        assertThat(all)
                .extracting(event -> event.path("event").asText())
                .containsExactly(
                        "EpochOpened",
                        "AccountOpened",
                        "MessageSequenced",
                        "MessageSequenced",
                        "NonceConfirmed");
        assertThat(all.get(1).path("address").asText()).isEqualTo(ADDRESS);
        assertThat(some).containsExactly(all.get(3));
        assertThat(some.get(0).path("nonce").asText()).isEqualTo("41");
        assertThat(some.get(0).path("time").asText()).startsWith("2023-11-14T22:13:20.");
    }

    @Test
    void shouldSayThatThereIsNoJournal() {
        for (final String command : new String[] {"verify", "replay", "show"}) {
            final Result result = new Cli().run("journal", command, temporary.resolve("absent"));

            assertThat(result.exitCode()).isEqualTo(ExitCodes.BAD_ANSWER);
            assertThat(result.err()).contains("no journal folder");
        }
    }

    @Test
    void shouldLookForTheJournalOfTheNode() {
        final Path node = temporary.resolve("node");
        new Cli().run("init", "--folder", node);

        assertThat(new Cli().run("--folder", node, "journal", "verify").err())
                .contains(node.resolve("journal").toString());
    }

    private void append(
            final ChronicleJournal journal, final long raftIndex, final Event... events) {
        final byte[] batch =
                BatchEncoder.encode(
                        new EventBatch(1, nextSequence, START_NS + raftIndex, List.of(events)));
        nextSequence += events.length;
        journal.append(1, raftIndex, new UnsafeBuffer(batch), 0, batch.length);
    }

    private static Event.MessageSequenced sequenced(final long nonce) {
        return new Event.MessageSequenced(
                0,
                nonce,
                new RequestId(1, nonce),
                bytes(32, 1),
                bytes(8, 2),
                bytes(8, 3),
                SIGNED,
                bytes(32, (int) nonce));
    }

    private static byte[] bytes(final int count, final int value) {
        final byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static List<JsonNode> lines(final Result result) throws IOException {
        assertThat(result.exitCode()).isZero();
        final List<JsonNode> lines = new ArrayList<>();
        for (final String line : result.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private void flipAByteOf(final byte[] pattern) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    final ByteBuffer head = ByteBuffer.allocate(1 << 20);
                    channel.read(head, 0);
                    final int at = indexOf(head.array(), pattern);
                    if (at >= 0) {
                        channel.write(ByteBuffer.wrap(new byte[] {0x5b}), at + 50L);
                        return;
                    }
                }
            }
        }
        throw new AssertionError("expected the signed bytes in some file of " + folder);
    }

    private static int indexOf(final byte[] where, final byte[] what) {
        for (int i = 0; i + what.length <= where.length; i++) {
            if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }
}
