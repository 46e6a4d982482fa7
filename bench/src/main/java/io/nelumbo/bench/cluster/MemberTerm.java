package io.nelumbo.bench.cluster;

import io.nelumbo.bench.process.ChildJvm;
import java.time.Duration;

/**
 * How often a cluster of ours has voted so far, as one of its members knows it.
 *
 * @param term the member's Raft term: every election that was begun raised it
 * @param epoch the term whose leader opened an epoch last
 */
public record MemberTerm(long term, long epoch) {

    private static final String TERM = "TERM ";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Asks a member's process. */
    public static MemberTerm ask(final ChildJvm member) {
        member.say("term?");
        return parse(member.await(TERM, PATIENCE));
    }

    static MemberTerm of(final Member member) {
        return new MemberTerm(member.replica().term(), member.ledger().epoch());
    }

    /** The member's answer. */
    String line() {
        return TERM + term + " " + epoch;
    }

    static MemberTerm parse(final String told) {
        final String[] fields = told.split(" ", -1);
        if (fields.length != 2) {
            throw new IllegalArgumentException("expected a term and an epoch but was " + told);
        }
        return new MemberTerm(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
    }
}
