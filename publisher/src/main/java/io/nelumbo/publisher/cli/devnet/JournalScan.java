package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.Network;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Reads a node's journal from its first record to its last, with every hash
 * verified, and keeps nothing of it but the accounts. Nothing of the running node is asked.
 */
public final class JournalScan {
    private final Map<Integer, String> addresses = new HashMap<>();
    private final Reader reader;

    /** Is told what is in the journal, in its order. */
    public interface Reader {

        /** A record begins; equal hashes mean that all up to its end is equal. */
        void onRecord(byte[] hash);

        /**
         * A message was journaled.
         *
         * @param from the account's address
         */
        void onMessage(String from, Event.MessageSequenced message);
    }

    private JournalScan(final Reader reader) {
        this.reader = reader;
    }

    /** Reads a journal folder; returns why reading ended early, or null. */
    public static @Nullable String read(final Path folder, final Reader reader) {
        final JournalScan scan = new JournalScan(reader);
        try (ChronicleJournalReader journal = ChronicleJournalReader.open(folder)) {
            JournalRecord record = journal.next();
            while (record != null) {
                reader.onRecord(record.hash());
                record.events().events().forEach(scan::note);
                record = journal.next();
            }
            return null;
        } catch (final JournalFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void note(final Event event) {
        if (event instanceof Event.AccountOpened opened) {
            addresses.put(
                    opened.accountId(),
                    new FilecoinAddress(opened.address()).text(Network.TESTNET));
        } else if (event instanceof Event.MessageSequenced sequenced) {
            reader.onMessage(
                    addresses.getOrDefault(sequenced.accountId(), "unknown account"), sequenced);
        }
    }
}
