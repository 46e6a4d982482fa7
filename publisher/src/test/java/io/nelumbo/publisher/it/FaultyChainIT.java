package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import io.nelumbo.publisher.devchain.ChainFaults;
import io.nelumbo.publisher.devchain.ChainReport;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node behind which the chain does everything that chains do. */
final class FaultyChainIT {
    private static final long SEED = Long.getLong("nelumbo.seed", 1L);
    private static final long TIPSET_MS = 100;
    private static final int ACCOUNTS = 3;
    private static final int MESSAGES = 300;

    /** Deeper than what the node takes for final, so that it must unconfirm. */
    private static final int REORG_DEPTH = 3;

    /** Rarely silence: each costs three seconds, until a push is given up. */
    private static final ChainFaults FAULTS = new ChainFaults(0.003, 0.03, 0.03, 20, SEED);

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    /** I1 and I2 on the chain, and everything that was acknowledged gets there. */
    @Test
    void shouldConfirmEverythingOnceWhenTheChainDropsRefusesForgetsAndReorganises()
            throws Exception {
        System.out.println("nelumbo.seed = " + SEED);
        final DevChainServer chain =
                WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        final SingleNode node =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("node"), chain.url()));
        final List<String> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(node.newAccount());
        }
        node.start();
        chain.inflict(FAULTS);

        push(node, accounts, 0, MESSAGES / 2);
        Await.until("messages on the chain", () -> landed(chain) > MESSAGES / 4);
        chain.chain().reorg(REORG_DEPTH);
        push(node, accounts, MESSAGES / 2, MESSAGES);
        chain.chain().reorg(REORG_DEPTH);

        Await.until("every confirmation", () -> node.isConfirmed() && landed(chain) == MESSAGES);
        final ChainReport report = chain.chain().report();
        assertThat(report.rewritten()).isEmpty();
        assertThat(report.slots()).isEqualTo(MESSAGES);
        final List<JournalFacts.Message> messages = JournalFacts.read(node.journal()).messages();
        assertThat(messages).hasSize(MESSAGES);
        for (final JournalFacts.Message message : messages) {
            assertThat(report.landed().get(message.from()))
                    .containsEntry(message.nonce(), message.cid());
        }
    }

    private static void push(
            final SingleNode node, final List<String> accounts, final int from, final int to)
            throws InterruptedException {
        final List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            answers.add(
                    node.client()
                            .call(
                                    "Filecoin.MpoolPushMessage",
                                    Transfers.of(accounts.get(i % accounts.size()), i),
                                    Transfers.spec(UUID.randomUUID())));
        }
        for (final CompletableFuture<JsonNode> answer : answers) {
            Await.value(answer);
        }
    }

    private static long landed(final DevChainServer chain) {
        return chain.chain().report().landed().values().stream()
                .mapToLong(nonces -> nonces.size())
                .sum();
    }
}
