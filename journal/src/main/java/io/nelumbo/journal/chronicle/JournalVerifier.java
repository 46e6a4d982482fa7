package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Fault;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.RecordDecoder;
import io.nelumbo.journal.Verification;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.UnknownEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a whole journal, from the genesis hash to its last record: CRC, hash chain, order, each
 * batch, and that everything is there which the checkpoint calls durable. Read-only, may run beside
 * the node. Bytes that a crash left behind the last record, and no checkpoint covers, are not
 * judged: the next start sets them aside.
 */
public final class JournalVerifier {

    private final BatchDecoder batch = new BatchDecoder();
    private long records;
    private long events;
    private long firstRaftIndex = -1;
    private boolean durableMet;

    private JournalVerifier() {}

    /**
     * Reads every byte of the journal once.
     *
     * @throws JournalFailure if the folder does not exist or cannot be read at all
     */
    public static Verification verify(final Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new JournalFailure("There is no journal folder " + folder);
        }
        // The checkpoint first: a node beside us may append in the meantime, but never takes away.
        try {
            final Checkpoint checkpoint = CheckpointFile.read(folder);
            try (JournalScan scan = JournalScan.fromGenesis(folder)) {
                return new JournalVerifier().verify(scan, checkpoint);
            }
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot read the journal " + folder, cause);
        }
    }

    private Verification verify(final JournalScan scan, final @Nullable Checkpoint checkpoint)
            throws IOException {
        durableMet = checkpoint == null;
        JournalPosition sound = scan.position();
        Place place = scan.place();
        JournalScan.Step step = scan.next();
        while (step == JournalScan.Step.RECORD) {
            final Fault fault = faultOf(scan.record());
            if (fault != null) {
                return broken(place, sound, fault);
            }
            durableMet |= checkpoint != null && scan.position().equals(checkpoint.position());
            sound = scan.position();
            place = scan.place();
            step = scan.next();
        }
        if (step == JournalScan.Step.BROKEN) {
            return broken(scan.faultPlace(), sound, scan.fault());
        }
        if (!durableMet && checkpoint != null) {
            return broken(
                    place,
                    sound,
                    new Fault("durable records to " + checkpoint.position(), "the end"));
        }
        return new Verification.Intact(records, events, firstRaftIndex, sound);
    }

    private @Nullable Fault faultOf(final RecordDecoder record) {
        try {
            final Fault fault = record.payloadFault(batch);
            if (fault == null) {
                firstRaftIndex = records == 0 ? record.raftIndex() : firstRaftIndex;
                records++;
                events += record.count();
            }
            return fault;
        } catch (final UnknownEvent newer) {
            return new Fault("events that this version knows", newer.getMessage() + "");
        }
    }

    private static Verification broken(
            final Place place, final JournalPosition sound, final Fault fault) {
        return new Verification.Broken(place.toString(), sound, fault);
    }
}
