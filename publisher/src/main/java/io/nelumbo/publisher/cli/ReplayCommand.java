package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalReader;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.publisher.cli.JournalCommands.JournalFolder;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.replay.Replay;
import io.nelumbo.statemachine.replay.ReplayRefused;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nelumbo journal replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Applies every batch of a journal to an empty ledger and prints the state that comes"
                    + " out: what every node must agree on (I7)."
        },
        footerHeading = "%nExample:%n",
        footer = "  nelumbo journal replay --json")
final class ReplayCommand implements Callable<Integer> {
    private final Session session;
    private @Mixin final JournalFolder folder = new JournalFolder();

    ReplayCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (JournalReader reader = ChronicleJournalReader.open(folder.path(session))) {
            final Replay replay = Replay.of(reader);
            answer(replay.ledger(), replay.records());
        } catch (final JournalFailure e) {
            throw JournalCommands.broken(e);
        } catch (final ReplayRefused e) {
            throw new CommandFailure(ExitCodes.BAD_ANSWER, String.valueOf(e.getMessage()));
        }
        return ExitCodes.OK;
    }

    private void answer(final Ledger ledger, final long records) {
        final String digest = JournalCommands.hex(ledger.digest());
        final ObjectNode json =
                Session.object()
                        .put("records", records)
                        .put("epoch", ledger.epoch())
                        .put("nextSequence", ledger.nextSequence())
                        .put("clusterVersion", ledger.clusterVersion())
                        .put("unconfirmedMessages", ledger.unconfirmedMessages())
                        .put("outboxBytes", ledger.outboxBytes())
                        .put("requestIds", ledger.requestIdCount())
                        .put("digest", digest);
        final ArrayNode accounts = json.putArray("accounts");
        final StringBuilder text = new StringBuilder();
        text.append(
                "epoch %d, next sequence %d, %d unconfirmed messages, %d request ids%n"
                        .formatted(
                                ledger.epoch(),
                                ledger.nextSequence(),
                                ledger.unconfirmedMessages(),
                                ledger.requestIdCount()));
        for (int id = 0; id < ledger.accountCount(); id++) {
            final LedgerView.Account account = ledger.account(id);
            accounts.add(json(account));
            text.append(line(account)).append('\n');
        }
        session.answer(text.append("digest: ").append(digest).toString(), json);
    }

    private static ObjectNode json(final LedgerView.Account account) {
        return Session.object()
                .put("accountId", account.id())
                .put("chain", account.chain().name())
                .put("address", EventJson.address(account.chain(), account.address()))
                .put("firstNonce", EventJson.nonce(account.firstNonce()))
                .put("nextNonce", EventJson.nonce(account.nextNonce()))
                .put("confirmedNonce", EventJson.nonce(account.confirmedNonce()))
                .put("haltReason", account.haltReason());
    }

    private static String line(final LedgerView.Account account) {
        return "%s: nonces %s to below %s, confirmed to below %s%s"
                .formatted(
                        EventJson.address(account.chain(), account.address()),
                        EventJson.nonce(account.firstNonce()),
                        EventJson.nonce(account.nextNonce()),
                        EventJson.nonce(account.confirmedNonce()),
                        account.haltReason() == null ? "" : ", HALTED: " + account.haltReason());
    }
}
