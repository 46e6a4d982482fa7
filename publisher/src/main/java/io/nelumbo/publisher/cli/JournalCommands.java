package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.JournalReader;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.Verification;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.journal.chronicle.JournalVerifier;
import io.nelumbo.journal.codec.UnknownEvent;
import io.nelumbo.journal.event.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nelumbo journal}: reads a journal folder, whether its node runs or not. */
final class JournalCommands {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private JournalCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "journal",
                "The audit log of everything the cluster agreed on.",
                new Verify(session),
                new ReplayCommand(session),
                new Show(session));
    }

    static CommandFailure broken(final JournalFailure failure) {
        return new CommandFailure(ExitCodes.BAD_ANSWER, String.valueOf(failure.getMessage()));
    }

    /** Which journal. */
    static final class JournalFolder {
        @Parameters(
                arity = "0..1",
                paramLabel = "FOLDER",
                description = "The journal's folder. Default: that of the node.")
        private @Nullable Path folder;

        Path path(final Session session) {
            return folder == null ? session.config().journal().folder() : folder;
        }
    }

    /** {@code nelumbo journal verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks every record from the first to the last: checksum, hash chain, order, each"
                        + " batch. Two nodes' journals are identical when their last hashes are."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  nelumbo journal verify",
                "  nelumbo journal verify /srv/node-0/journal --json"
            })
    static final class Verify implements Callable<Integer> {
        private final Session session;
        private @Mixin final JournalFolder folder = new JournalFolder();

        Verify(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            final Path path = folder.path(session);
            final Verification verification;
            try {
                verification = JournalVerifier.verify(path);
            } catch (final JournalFailure e) {
                throw broken(e);
            }
            final ObjectNode json = Session.object().put("folder", path.toString());
            if (verification instanceof Verification.Broken broken) {
                json.put("intact", false)
                        .put("place", broken.place())
                        .put("fault", broken.fault().toString());
                addPosition(json.putObject("lastSound"), broken.lastSound());
                session.answer(
                        "BROKEN in %s: %s\nsound up to sequence %d"
                                .formatted(
                                        broken.place(),
                                        broken.fault(),
                                        broken.lastSound().nextSequence()),
                        json);
                return ExitCodes.BAD_ANSWER;
            }
            final Verification.Intact intact = (Verification.Intact) verification;
            json.put("intact", true)
                    .put("records", intact.records())
                    .put("events", intact.events());
            addPosition(json.putObject("last"), intact.last());
            session.answer(
                    "intact: %d records, %d events\nlast hash: %s (Raft index %d)"
                            .formatted(
                                    intact.records(),
                                    intact.events(),
                                    hex(intact.last().hash()),
                                    intact.last().raftIndex()),
                    json);
            return ExitCodes.OK;
        }

        private static void addPosition(final ObjectNode json, final JournalPosition position) {
            json.put("raftTerm", position.raftTerm())
                    .put("raftIndex", position.raftIndex())
                    .put("nextSequence", position.nextSequence())
                    .put("timestampNs", position.timestampNs())
                    .put("hash", hex(position.hash()));
        }
    }

    /** {@code nelumbo journal show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints events as JSON lines, oldest first, verifying on the way.",
            footerHeading = "%nExample:%n",
            footer = "  nelumbo journal show --from-sequence 1000 --limit 20")
    static final class Show implements Callable<Integer> {
        private final Session session;
        private @Mixin final JournalFolder folder = new JournalFolder();

        @Option(
                names = "--from-sequence",
                paramLabel = "<n>",
                defaultValue = "0",
                description = "The first event to print. Default: 0.")
        private long fromSequence;

        @Option(
                names = "--limit",
                paramLabel = "<n>",
                defaultValue = "9223372036854775807",
                description = "How many events at most. Default: all.")
        private long limit;

        Show(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            try (JournalReader reader = ChronicleJournalReader.open(folder.path(session))) {
                long shown = 0;
                JournalRecord record = reader.next();
                while (record != null && shown < limit && !session.readerLeft()) {
                    if (record.firstSequence() + record.count() > fromSequence) {
                        shown += show(record, limit - shown);
                    }
                    record = reader.next();
                }
            } catch (final JournalFailure e) {
                throw broken(e);
            } catch (final UnknownEvent e) {
                throw new CommandFailure(ExitCodes.BAD_ANSWER, String.valueOf(e.getMessage()));
            }
            return ExitCodes.OK;
        }

        private long show(final JournalRecord record, final long max) {
            long shown = 0;
            long sequence = record.firstSequence();
            for (final Event event : record.events().events()) {
                if (sequence >= fromSequence && shown < max) {
                    final ObjectNode json =
                            Session.object()
                                    .put("sequence", sequence)
                                    .put("epoch", record.epoch())
                                    .put("raftIndex", record.raftIndex())
                                    .put("time", time(record.timestampNs()));
                    json.setAll(event.accept(EventJson.INSTANCE));
                    session.line(json.toString(), json);
                    shown++;
                }
                sequence++;
            }
            return shown;
        }
    }

    private static String time(final long timestampNs) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(timestampNs, NS_PER_SECOND),
                        Math.floorMod(timestampNs, NS_PER_SECOND))
                .toString();
    }

    static String hex(final byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
