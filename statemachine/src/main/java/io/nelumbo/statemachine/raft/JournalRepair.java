package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.JournalPosition;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the journal records that this node missed while a snapshot took it further than its
 * journal. Owned by the applying thread, which waits for it: nothing is applied on top of a journal
 * with a hole. The journal verifies each record as it takes it.
 */
final class JournalRepair {

    private static final Logger LOG = LoggerFactory.getLogger(JournalRepair.class);
    private static final int BUNDLE_BYTES = 4 << 20;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(200);

    private final Journal journal;
    private final PeerLink link;
    private final List<String> peers;
    private final Duration bound;
    private final Duration answerWait;
    private final Ending ending;

    JournalRepair(
            final Journal journal,
            final PeerLink link,
            final RaftSettings settings,
            final Ending ending) {
        this.journal = journal;
        this.link = link;
        this.peers = PeerLink.others(settings);
        this.bound = settings.timeouts().journalRepair();
        this.answerWait = settings.timeouts().peerAnswer();
        this.ending = ending;
    }

    /**
     * Returns when the journal has every record up to {@code head}, durably. A journal that is
     * longer is left alone: the log is about to be replayed over it.
     *
     * @throws JournalIncomplete if the records cannot be had in time, or do not lead to that head
     * @throws RepairAbandoned if the replica ends before
     */
    void completeTo(final JournalPosition head) {
        if (journal.last().raftIndex() < head.raftIndex()) {
            requirePeers(head.raftIndex());
            LOG.info(
                    "the journal ends at Raft index {} but the snapshot at {}: asking {} for the"
                            + " records between",
                    journal.last().raftIndex(),
                    head.raftIndex(),
                    peers);
            fetchUpTo(head.raftIndex());
            journal.force();
            LOG.info("the journal is complete up to Raft index {}", head.raftIndex());
        }
        final JournalPosition last = journal.last();
        if (last.raftIndex() == head.raftIndex() && !Arrays.equals(last.hash(), head.hash())) {
            throw new JournalIncomplete(
                    "expected the journal to have hash "
                            + HexFormat.of().formatHex(head.hash())
                            + " at Raft index "
                            + head.raftIndex()
                            + ", as the snapshot says, but was "
                            + HexFormat.of().formatHex(last.hash()));
        }
    }

    /** Waiting for nobody would only delay the answer. */
    private void requirePeers(final long raftIndex) {
        if (peers.isEmpty()) {
            throw new JournalIncomplete(
                    "expected the journal records from Raft index "
                            + journal.last().raftIndex()
                            + " to "
                            + raftIndex
                            + ", up to which there is a snapshot, but they are gone and a node"
                            + " without peers has nobody to ask for them: put the journal's folder"
                            + " back from a backup");
        }
    }

    private void fetchUpTo(final long raftIndex) {
        final long deadline = System.nanoTime() + bound.toNanos();
        while (journal.last().raftIndex() < raftIndex) {
            boolean progress = false;
            for (final String peer : peers) {
                progress |= fetchFrom(peer, raftIndex);
            }
            if (!progress) {
                pause(deadline, raftIndex);
            }
        }
    }

    private boolean fetchFrom(final String peer, final long raftIndex) {
        boolean progress = false;
        while (journal.last().raftIndex() < raftIndex) {
            waitOrAbandon(Duration.ZERO, raftIndex);
            final long from = journal.last().raftIndex();
            final Optional<byte[]> bundle =
                    link.ask(peer, new PeerQuestion.RecordsAfter(from, BUNDLE_BYTES), answerWait);
            for (final byte[] record : bundle.map(RecordBundle::decode).orElse(List.of())) {
                if (journal.last().raftIndex() < raftIndex) {
                    journal.appendRecord(record);
                }
            }
            if (journal.last().raftIndex() == from) {
                return progress;
            }
            progress = true;
        }
        return progress;
    }

    /** Until the next round is due; at once if the replica ends. */
    private void pause(final long deadline, final long raftIndex) {
        if (System.nanoTime() - deadline >= 0) {
            throw new JournalIncomplete(
                    "expected a peer among "
                            + peers
                            + " to give the journal records from Raft index "
                            + journal.last().raftIndex()
                            + " to "
                            + raftIndex
                            + " within "
                            + bound
                            + " but none did: start the peers, then this node again");
        }
        waitOrAbandon(BETWEEN_ROUNDS, raftIndex);
    }

    private void waitOrAbandon(final Duration wait, final long raftIndex) {
        try {
            if (ending.await(wait)) {
                throw new RepairAbandoned(
                        "the replica ends with its journal at Raft index "
                                + journal.last().raftIndex()
                                + " and its snapshot at "
                                + raftIndex
                                + "; the next start fetches the records between");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalIncomplete("interrupted while waiting for journal records");
        }
    }
}
