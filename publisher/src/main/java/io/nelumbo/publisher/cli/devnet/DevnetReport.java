package io.nelumbo.publisher.cli.devnet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bounded run came to.
 *
 * @param sent requests that the sender made
 * @param acknowledged receipts in hand whose message stands in every journal
 * @param confirmed journaled messages that the chain executed, with the same bytes
 * @param duplicates nonces, request ids or landings that occur twice
 * @param gaps nonces missing below an account's highest, in the journal or on the chain
 * @param lost receipts in hand whose message is missing in a journal or on the chain
 * @param rewritten (account, nonce) pairs with different bytes anywhere
 * @param journalsIdentical record for record, and each verified against its own hash chain
 * @param readyMs from the start of Java to the moment when all nodes were ready and had applied the
 *     same; null if they never were
 * @param failoverMs from each kill to the first receipt of a request that was sent after it
 */
public record DevnetReport(
        long sent,
        long acknowledged,
        long confirmed,
        long duplicates,
        long gaps,
        long lost,
        long rewritten,
        boolean journalsIdentical,
        @Nullable Long readyMs,
        List<Long> failoverMs,
        long messagesPerSecond,
        List<String> findings) {

    /** Whether everything that was promised was kept. */
    public boolean isClean(final DevnetOptions options) {
        return sent == options.messages()
                && acknowledged == sent
                && confirmed >= acknowledged
                && duplicates == 0
                && gaps == 0
                && lost == 0
                && rewritten == 0
                && journalsIdentical
                && failoverMs.size() == options.leaderKills();
    }

    /** The report for scripts. */
    public ObjectNode json() {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("acknowledged", acknowledged)
                .put("confirmed", confirmed)
                .put("duplicates", duplicates)
                .put("gaps", gaps)
                .put("lost", lost)
                .put("rewritten", rewritten)
                .put("journalsIdentical", journalsIdentical)
                .put("readyMs", readyMs);
        failoverMs.forEach(json.putArray("failoverMs")::add);
        json.put("messagesPerSecond", messagesPerSecond);
        findings.forEach(json.putArray("findings")::add);
        return json;
    }
}
