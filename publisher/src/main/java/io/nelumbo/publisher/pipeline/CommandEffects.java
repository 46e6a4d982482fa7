package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;

/**
 * What a packed event does to the speculated state. Owned by the replicator thread. Answers by how
 * much it moved the account's next nonce.
 */
final class CommandEffects implements Event.Visitor<Integer> {

    private final Speculation ahead;
    private long sequence;

    CommandEffects(final Speculation ahead) {
        this.ahead = ahead;
    }

    CommandEffects at(final long eventSequence) {
        sequence = eventSequence;
        return this;
    }

    @Override
    public Integer epochOpened(final Event.EpochOpened event) {
        return 0;
    }

    @Override
    public Integer messageSequenced(final Event.MessageSequenced event) {
        throw new IllegalStateException("expected an offered event but was a message");
    }

    @Override
    public Integer accountOpened(final Event.AccountOpened event) {
        ahead.opened(new Address(event.chain(), event.address()));
        return 0;
    }

    @Override
    public Integer messageReplaced(final Event.MessageReplaced event) {
        return outboxChanged(event.accountId());
    }

    @Override
    public Integer nonceFilled(final Event.NonceFilled event) {
        return outboxChanged(event.accountId());
    }

    @Override
    public Integer nonceConfirmed(final Event.NonceConfirmed event) {
        ahead.account(event.accountId()).confirmedUpTo(event.upToNonce(), sequence);
        return 0;
    }

    @Override
    public Integer messageDisplaced(final Event.MessageDisplaced event) {
        final AccountAhead account = ahead.account(event.accountId());
        account.outboxChanged(sequence);
        if (event.nonce() != account.nextNonce()) {
            return 0;
        }
        // Someone else used the key for the nonce that we would have given next.
        account.nonceUsed();
        return 1;
    }

    @Override
    public Integer nonceReorged(final Event.NonceReorged event) {
        ahead.account(event.accountId()).confirmedUpTo(event.downToNonce(), sequence);
        return 0;
    }

    @Override
    public Integer laneHalted(final Event.LaneHalted event) {
        ahead.account(event.accountId()).halted(true);
        return 0;
    }

    @Override
    public Integer laneResumed(final Event.LaneResumed event) {
        ahead.account(event.accountId()).halted(false);
        return 0;
    }

    @Override
    public Integer requestIdsExpired(final Event.RequestIdsExpired event) {
        ahead.requestIdsExpired(event);
        return 0;
    }

    @Override
    public Integer clusterVersionRaised(final Event.ClusterVersionRaised event) {
        ahead.clusterVersionRaised(event);
        return 0;
    }

    private int outboxChanged(final int accountId) {
        ahead.account(accountId).outboxChanged(sequence);
        return 0;
    }
}
