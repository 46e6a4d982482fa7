package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.Event;

/** Which account an event changes. Stateless. */
final class ConcernedAccount implements Event.Visitor<Integer> {

    /** It concerns no account, or one that it opens. */
    static final int NONE = Integer.MIN_VALUE;

    private static final ConcernedAccount VISITOR = new ConcernedAccount();

    private ConcernedAccount() {}

    static int of(final Event event) {
        return event.accept(VISITOR);
    }

    @Override
    public Integer epochOpened(final Event.EpochOpened event) {
        return NONE;
    }

    @Override
    public Integer accountOpened(final Event.AccountOpened event) {
        return NONE;
    }

    @Override
    public Integer messageSequenced(final Event.MessageSequenced event) {
        return event.accountId();
    }

    @Override
    public Integer messageReplaced(final Event.MessageReplaced event) {
        return event.accountId();
    }

    @Override
    public Integer nonceFilled(final Event.NonceFilled event) {
        return event.accountId();
    }

    @Override
    public Integer nonceConfirmed(final Event.NonceConfirmed event) {
        return event.accountId();
    }

    @Override
    public Integer messageDisplaced(final Event.MessageDisplaced event) {
        return event.accountId();
    }

    @Override
    public Integer nonceReorged(final Event.NonceReorged event) {
        return event.accountId();
    }

    @Override
    public Integer laneHalted(final Event.LaneHalted event) {
        return event.accountId();
    }

    @Override
    public Integer laneResumed(final Event.LaneResumed event) {
        return event.accountId();
    }

    @Override
    public Integer requestIdsExpired(final Event.RequestIdsExpired event) {
        return NONE;
    }

    @Override
    public Integer clusterVersionRaised(final Event.ClusterVersionRaised event) {
        return NONE;
    }
}
