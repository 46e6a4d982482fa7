package io.nelumbo.statemachine.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Asks the other members, before a folder is formatted, whether they have seen this one before: a
 * member that forgot its votes must not vote again (I5). Owned by the starting thread; used once.
 *
 * <p>Who is there must tell, and is asked again until it does. Who is not there is passed over at
 * once: while a cluster is founded the others may not listen yet, and waiting for a machine that is
 * off would keep a new member out. What such a one would have told is not lost: it knows from its
 * journal what is committed, and then counts no vote of an empty log (see {@code RaftStart}).
 */
final class Remembrance {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    private final Collection<String> others;
    private final Function<String, PeerReply> asking;
    private final Duration bound;

    /**
     * @param others peer ids
     * @param asking puts the question to one of them: {@link PeerQuestion.HasSeen}
     * @param bound how long those that cannot tell are asked again
     */
    Remembrance(
            final Collection<String> others,
            final Function<String, PeerReply> asking,
            final Duration bound) {
        this.others = others;
        this.asking = asking;
        this.bound = bound;
    }

    /**
     * Whether any of them has seen this member.
     *
     * @throws FolderRefused if one that is there cannot tell within the bound
     */
    boolean hasBeenSeen() throws FolderRefused {
        final long begun = System.nanoTime();
        List<String> unsure = List.copyOf(others);
        while (true) {
            final List<String> stillUnsure = new ArrayList<>();
            final List<String> reasons = new ArrayList<>();
            for (final String peer : unsure) {
                final PeerReply reply = asking.apply(peer);
                if (reply instanceof PeerReply.Told told && told.answer()[0] == 1) {
                    return true;
                }
                if (reply instanceof PeerReply.Unready unready) {
                    stillUnsure.add(peer);
                    reasons.add(peer + ": " + unready.why());
                }
            }
            if (stillUnsure.isEmpty()) {
                return false;
            }
            if (System.nanoTime() - begun > bound.toNanos()) {
                throw new FolderRefused(
                        "expected the members that run to tell whether they have seen this one"
                                + " before its empty folder is formatted, but for "
                                + bound
                                + " they could not ("
                                + String.join("; ", reasons)
                                + "): nothing was formatted; look at what keeps them from it, and"
                                + " start this node again");
            }
            unsure = stillUnsure;
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
    }
}
