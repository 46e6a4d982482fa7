package io.nelumbo.publisher.pipeline;

import static java.lang.Long.compareUnsigned;
import static java.lang.Long.toUnsignedString;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.statemachine.ledger.LedgerLimits;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an offered event does not fit the speculated state; nothing if it does. Owned by the
 * replicator thread. The ledger's own rules, or stricter: what is dropped here can be offered again
 * from a fresh look, what the ledger rejects ends the epoch.
 */
final class CommandRules implements Event.Visitor<Optional<String>> {

    private static final Optional<String> FITS = Optional.empty();
    private static final String NOT_PENDING = "the outbox has no such unconfirmed message";

    private final Speculation ahead;

    CommandRules(final Speculation ahead) {
        this.ahead = ahead;
    }

    @Override
    public Optional<String> epochOpened(final Event.EpochOpened event) {
        return Optional.of("epochs are opened by leadership alone");
    }

    @Override
    public Optional<String> messageSequenced(final Event.MessageSequenced event) {
        return Optional.of("messages are published, not offered");
    }

    @Override
    public Optional<String> accountOpened(final Event.AccountOpened event) {
        // The ledger first, then what is in flight: an opening that is applied between the two
        // looks is seen by the second.
        if (ahead.ledger().accountId(event.chain(), event.address()) >= 0) {
            return Optional.of("the account is open");
        }
        if (ahead.accountCount() >= LedgerLimits.CLUSTER.accounts()) {
            return Optional.of(ahead.accountCount() + " accounts are open, and no more can be");
        }
        return unfitIf(
                ahead.openedHere(new Address(event.chain(), event.address())),
                "the account is being opened");
    }

    @Override
    public Optional<String> messageReplaced(final Event.MessageReplaced event) {
        return unfitIfNotSubstitutable(event.accountId(), event.nonce(), false);
    }

    @Override
    public Optional<String> nonceFilled(final Event.NonceFilled event) {
        return unfitIfNotSubstitutable(event.accountId(), event.nonce(), true);
    }

    @Override
    public Optional<String> nonceConfirmed(final Event.NonceConfirmed event) {
        final AccountAhead account = ahead.account(event.accountId());
        final long upTo = event.upToNonce();
        if (compareUnsigned(upTo, account.confirmedNonce()) <= 0) {
            return Optional.of("confirmed up to " + toUnsignedString(account.confirmedNonce()));
        }
        return unfitIf(
                compareUnsigned(upTo, account.nextNonce()) > 0,
                "beyond the next nonce " + toUnsignedString(account.nextNonce()));
    }

    @Override
    public Optional<String> messageDisplaced(final Event.MessageDisplaced event) {
        final AccountAhead account = ahead.account(event.accountId());
        if (event.nonce() == account.nextNonce()) {
            return unfitIf(!account.hasRoom(), "too many nonces are not confirmed");
        }
        final Optional<String> unsettled = unfitIfUnsettled(account);
        return unsettled.isPresent()
                ? unsettled
                : unfitIf(pending(event.accountId(), event.nonce()) == null, NOT_PENDING);
    }

    @Override
    public Optional<String> nonceReorged(final Event.NonceReorged event) {
        final AccountAhead account = ahead.account(event.accountId());
        final long downTo = event.downToNonce();
        if (compareUnsigned(downTo, account.confirmedNonce()) >= 0) {
            return Optional.of("confirmed up to " + toUnsignedString(account.confirmedNonce()));
        }
        final Optional<String> unsettled = unfitIfUnsettled(account);
        final long floor = ahead.ledger().reorgFloor(event.accountId());
        return unsettled.isPresent()
                ? unsettled
                : unfitIf(
                        compareUnsigned(downTo, floor) < 0,
                        "below what the outbox keeps, " + toUnsignedString(floor));
    }

    @Override
    public Optional<String> laneHalted(final Event.LaneHalted event) {
        return unfitIf(ahead.account(event.accountId()).isHalted(), "the lane is halted");
    }

    @Override
    public Optional<String> laneResumed(final Event.LaneResumed event) {
        return unfitIf(!ahead.account(event.accountId()).isHalted(), "the lane is not halted");
    }

    @Override
    public Optional<String> requestIdsExpired(final Event.RequestIdsExpired event) {
        if (event.beforeSequence() <= ahead.requestIdsExpiredBefore()) {
            return Optional.of("expired before " + ahead.requestIdsExpiredBefore());
        }
        return unfitIf(
                event.beforeSequence() > ahead.ledger().nextSequence(), "beyond what is applied");
    }

    @Override
    public Optional<String> clusterVersionRaised(final Event.ClusterVersionRaised event) {
        if (event.version() > LedgerLimits.SUPPORTED_CLUSTER_VERSION) {
            return Optional.of(
                    "this node knows versions up to " + LedgerLimits.SUPPORTED_CLUSTER_VERSION);
        }
        return unfitIf(
                event.version() <= ahead.clusterVersion(),
                "the cluster has version " + ahead.clusterVersion());
    }

    private Optional<String> unfitIfNotSubstitutable(
            final int accountId, final long nonce, final boolean fill) {
        final Optional<String> unsettled = unfitIfUnsettled(ahead.account(accountId));
        if (unsettled.isPresent()) {
            return unsettled;
        }
        final OutboxMessage message = pending(accountId, nonce);
        if (message == null) {
            return Optional.of(NOT_PENDING);
        }
        if (message.filled() && !fill) {
            return Optional.of("the nonce was filled");
        }
        return unfitIf(
                message.formerHashes().size() >= LedgerLimits.MAX_SUBSTITUTIONS,
                "the nonce was given other bytes too often");
    }

    /**
     * While a change of the account's outbox is in flight, nothing in there can be judged; it will
     * be applied within milliseconds.
     */
    private Optional<String> unfitIfUnsettled(final AccountAhead account) {
        return unfitIf(
                account.awaitsOutboxChange(ahead.ledger().nextSequence()),
                "another change of the account's outbox is in flight");
    }

    private @Nullable OutboxMessage pending(final int accountId, final long nonce) {
        return compareUnsigned(nonce, ahead.account(accountId).confirmedNonce()) < 0
                ? null
                : ahead.ledger().message(accountId, nonce);
    }

    private static Optional<String> unfitIf(final boolean unfit, final String why) {
        return unfit ? Optional.of(why) : FITS;
    }
}
