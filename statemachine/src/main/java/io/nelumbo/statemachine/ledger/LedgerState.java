package io.nelumbo.statemachine.ledger;

/**
 * Written by the applying thread only, under the ledger's lock. Everything that a batch can change,
 * in one place, so that a loaded snapshot takes its place by one assignment.
 */
final class LedgerState {

    final LedgerLimits limits;
    final BlockArena arena;
    final Accounts accounts;
    final Outbox outbox;
    final RequestIds requestIds;
    final TimeMarks marks;

    long epoch;
    long nextSequence;
    long lastTimestampNs;

    /** See {@link LedgerView#ageNs}. */
    long ageNs;

    int clusterVersion = LedgerLimits.FIRST_CLUSTER_VERSION;

    LedgerState(final LedgerLimits limits, final BlockArena arena) {
        this.limits = limits;
        this.arena = arena;
        accounts = new Accounts();
        outbox = new Outbox(accounts, arena, limits);
        requestIds = new RequestIds(arena);
        marks = new TimeMarks();
    }

    /** What another state is now, for writing it: see {@link Outbox#frozen}. */
    private LedgerState(final LedgerState live) {
        limits = live.limits;
        arena = live.arena;
        accounts = live.accounts.frozen();
        outbox = live.outbox.frozen(accounts);
        requestIds = live.requestIds.frozen();
        marks = live.marks.frozen();
        epoch = live.epoch;
        nextSequence = live.nextSequence;
        lastTimestampNs = live.lastTimestampNs;
        ageNs = live.ageNs;
        clusterVersion = live.clusterVersion;
    }

    /**
     * The state of this moment, which {@link #writeTo} writes on any thread as long as the arena is
     * held and no slot is changed. Takes as long as copying a few numbers for each account.
     */
    LedgerState frozen() {
        return new LedgerState(this);
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

    /** About what {@link #writeTo} writes: what there is many of. */
    long writtenBytes() {
        return outbox.writtenBytes() + requestIds.writtenBytes() + accounts.writtenBytes();
    }

    /** The state that was written; throws InvalidState if the bytes are not one. */
    static LedgerState readFrom(final StateReader in, final LedgerLimits limits) {
        final LedgerState state = new LedgerState(limits, new BlockArena());
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
