package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.filecoin.Cid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one node's journal says, all of it in memory: of a run whose messages are counted before.
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
        final String fault =
                JournalScan.read(
                        folder,
                        new JournalScan.Reader() {
                            @Override
                            public void onRecord(final byte[] hash) {
                                hashes.add(HexFormat.of().formatHex(hash));
                            }

                            @Override
                            public void onMessage(
                                    final String from, final Event.MessageSequenced message) {
                                messages.add(
                                        new Message(
                                                from,
                                                message.nonce(),
                                                message.requestId().uuid(),
                                                Cid.ofDigest(message.hash()).text()));
                            }
                        });
        return new JournalFacts(hashes, messages, fault);
    }
}
