package io.nelumbo.statemachine.ledger;

/**
 * Written by the applying thread only, under the ledger's lock. Everything that a batch can change,
 * in one place, so that a loaded snapshot takes its place by one assignment.
 */
final class LedgerState {

    final LedgerLimits limits;
    final Accounts accounts = new Accounts();
    final Outbox outbox;
    final RequestIds requestIds;
    final TimeMarks marks = new TimeMarks();

    long epoch;
    long nextSequence;
    long lastTimestampNs;

    /** See {@link LedgerView#ageNs}. */
    long ageNs;

    int clusterVersion = LedgerLimits.FIRST_CLUSTER_VERSION;

    LedgerState(final LedgerLimits limits) {
        this.limits = limits;
        final BlockArena arena = new BlockArena();
        outbox = new Outbox(accounts, arena, limits);
        requestIds = new RequestIds(arena);
    }

    /** Writes every field in a fixed order: the bytes of a snapshot, and what a digest covers. */
    void writeTo(final StateWriter out) {
        out.putLong(epoch);
        out.putLong(nextSequence);
        out.putLong(lastTimestampNs);
        out.putLong(ageNs);
        out.putInt(clusterVersion);
        marks.writeTo(out);
        accounts.writeTo(out);
        outbox.writeTo(out);
        requestIds.writeTo(out);
        out.flush();
    }

    /** The state that was written; throws InvalidState if the bytes are not one. */
    static LedgerState readFrom(final StateReader in, final LedgerLimits limits) {
        final LedgerState state = new LedgerState(limits);
        state.epoch = in.getLongWithin("epoch", 0, Long.MAX_VALUE);
        state.nextSequence = in.getLongWithin("next sequence", 0, Long.MAX_VALUE);
        state.lastTimestampNs = in.getLongWithin("last timestamp", 0, Long.MAX_VALUE);
        state.ageNs = in.getLongWithin("age", 0, state.lastTimestampNs);
        state.clusterVersion =
                in.getIntWithin(
                        "cluster version (or upgrade this node)",
                        LedgerLimits.FIRST_CLUSTER_VERSION,
                        limits.supportedClusterVersion());
        state.marks.readFrom(in, state);
        state.accounts.readFrom(in, limits);
        state.outbox.readFrom(in, state.nextSequence);
        state.requestIds.readFrom(in, state);
        return state;
    }
}
