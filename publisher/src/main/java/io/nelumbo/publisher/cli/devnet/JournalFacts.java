package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one node's journal says, read from its files with every hash verified. Nothing of the
 * running node is asked.
 *
 * @param recordHashes of all records, in order: equal lists mean equal journals
 * @param messages in the order of their sequences
 * @param fault why reading ended early, or null
 */
public record JournalFacts(
        List<String> recordHashes, List<Message> messages, @Nullable String fault) {

    /** A journaled message. */
    public record Message(String from, long nonce, UUID requestId, String cid) {}

    /** Reads a journal folder from its first record to its last. */
    public static JournalFacts read(final Path folder) {
        final List<String> hashes = new ArrayList<>();
        final List<Message> messages = new ArrayList<>();
        final Map<Integer, String> addresses = new HashMap<>();
        try (ChronicleJournalReader reader = ChronicleJournalReader.open(folder)) {
            JournalRecord record = reader.next();
            while (record != null) {
                hashes.add(HexFormat.of().formatHex(record.hash()));
                record.events().events().forEach(event -> note(event, addresses, messages));
                record = reader.next();
            }
            return new JournalFacts(hashes, messages, null);
        } catch (final JournalFailure e) {
            return new JournalFacts(hashes, messages, String.valueOf(e.getMessage()));
        }
    }

    private static void note(
            final Event event, final Map<Integer, String> addresses, final List<Message> messages) {
        if (event instanceof Event.AccountOpened opened) {
            addresses.put(
                    opened.accountId(),
                    new FilecoinAddress(opened.address()).text(Network.TESTNET));
        } else if (event instanceof Event.MessageSequenced sequenced) {
            messages.add(
                    new Message(
                            addresses.getOrDefault(sequenced.accountId(), "unknown account"),
                            sequenced.nonce(),
                            sequenced.requestId().uuid(),
                            Cid.ofDigest(sequenced.hash()).text()));
        }
    }
}
