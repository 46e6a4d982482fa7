package io.nelumbo.publisher.publish.confirm;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.Backoff;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.publisher.publish.proof.Displacement;
import io.nelumbo.publisher.publish.proof.LandingCheck;
import io.nelumbo.publisher.publish.proof.Verdict;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: watches the chain's nonce of one account at confidence
 * depth, for one epoch, and offers what follows from it as events. It looks, offers at most one
 * finding, waits for what becomes of it, and rests; the next look starts from the ledger again, so
 * nothing is offered twice and nothing is lost when an offer is dropped.
 *
 * <p>The ledger is read after the chain was asked, never before: then a nonce of ours that was
 * committed and pushed in between cannot look foreign.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** Looks in a row that must show a reorganisation below what is confirmed. */
    private static final int REORG_SIGHTINGS = 2;

    /** Looks in a row that must show a nonce beyond our next: taking it over wastes ours. */
    private static final int FOREIGN_SIGHTINGS = 3;

    /** Foreign nonces taken over between two looks. */
    private static final int MAX_TAKEN_OVER = 64;

    private final int accountId;
    private final Address address;
    private final Upstreams upstreams;
    private final Ports ports;
    private final LandingCheck landingCheck;
    private final Displacement displacement;
    private final Sightings reorgs = new Sightings(REORG_SIGHTINGS);
    private final Sightings foreignUses = new Sightings(FOREIGN_SIGHTINGS);

    private PublishLoop.@Nullable Timer nextLook;
    private boolean closed;
    private long confirmedHeight;
    private String doubt = "";

    Watch(final Account account, final Upstreams upstreams, final Ports ports) {
        this.accountId = account.id();
        this.address = new Address(account.chain(), account.address());
        this.upstreams = upstreams;
        this.ports = ports;
        this.landingCheck = new LandingCheck(account, upstreams, ports);
        this.displacement = new Displacement(ports);
    }

    /** Begins to look; spread out, so that a new leader does not ask for all accounts at once. */
    void begin() {
        final long intervalNs = intervalNs();
        final Backoff spread = new Backoff(intervalNs, intervalNs, ports.options().seed());
        nextLook = ports.loop().after(spread.delayNs(accountId, 0), this::look);
    }

    /** The ledger has news of the account: what rested long may be due soon. */
    void touched() {
        final PublishLoop.Timer planned = nextLook;
        if (planned != null && planned.atNs() > ports.loop().nowNs() + intervalNs()) {
            ports.loop().cancel(planned);
            rest();
        }
    }

    void close() {
        closed = true;
        ports.loop().cancel(nextLook);
    }

    /** Why confirming does not go on, an empty text if it does. */
    String doubt() {
        return doubt;
    }

    private void look() {
        nextLook = null;
        final int confidence = ports.options().confirming().confidence();
        upstreams.askAll(
                upstream -> upstream.executedNonce(address, confidence),
                whileOpen(this::executedTold));
    }

    private void executedTold(final List<Answer<NonceAtHeight>> answers) {
        final Watermark mark = Watermark.of(answers);
        final int needed = Math.min(ports.options().confirming().minUpstreams(), upstreams.size());
        if (mark == null || mark.told() < needed) {
            doubt = "too few upstreams tell the account's executed nonce";
            rest();
            return;
        }
        final boolean unanimous = mark.told() == upstreams.size();
        final Account account = ports.ledger().account(accountId);
        final long confirmed = account.confirmedNonce();
        final long next = account.nextNonce();
        final boolean undone = NonceOrder.isBelow(mark.highest(), confirmed);
        if (!undone) {
            reorgs.notSeen();
        }
        if (!NonceOrder.isBelow(next, mark.lowest()) || !unanimous) {
            foreignUses.notSeen();
        }
        if (confirmed != next && NonceOrder.isBelow(confirmed, mark.lowest())) {
            check(confirmed, NonceOrder.lower(mark.lowest(), next), mark.height());
        } else if (undone && isTrusted(mark, answers) && reorgs.seen()) {
            reorged(account, mark);
        } else if (NonceOrder.isBelow(next, mark.lowest()) && unanimous && foreignUses.seen()) {
            usedBeyondNext(mark.lowest());
        } else {
            doubt = "";
            rest();
        }
    }

    private void check(final long fromNonce, final long toNonce, final long height) {
        final long reach = landingCheck.reach(fromNonce, toNonce);
        landingCheck.check(
                fromNonce,
                reach,
                (nonce, verdict) -> {
                    if (closed) {
                        return;
                    }
                    if (verdict instanceof Verdict.Landed) {
                        confirm(reach, height, reach == toNonce ? intervalNs() : 0);
                    } else if (verdict instanceof Verdict.CannotTell cannotTell) {
                        doubt = cannotTell.why();
                        rest();
                    } else if (verdict instanceof Verdict.Displaced displaced) {
                        displaced(nonce, displaced.foreignHash());
                    }
                });
    }

    private void confirm(final long upToNonce, final long height, final long thenRestNs) {
        doubt = "";
        ports.offers()
                .offer(
                        new Event.NonceConfirmed(accountId, upToNonce, height),
                        whileOpen(
                                outcome -> {
                                    if (outcome instanceof CommandOutcome.Committed) {
                                        confirmedHeight = Math.max(confirmedHeight, height);
                                        rest(thenRestNs);
                                    } else {
                                        doubt = "not confirmed: " + outcome;
                                        rest();
                                    }
                                }));
    }

    private void displaced(final long nonce, final byte[] foreignHash) {
        doubt = "nonce " + Long.toUnsignedString(nonce) + " was used by somebody else";
        landingCheck.distrust();
        displacement.report(accountId, nonce, foreignHash, whileOpen(() -> rest()));
    }

    /**
     * A lower nonce is a reorganisation only if the preferred upstream and another, if there is
     * one, see it, no lower than where we have seen it confirmed; else somebody is behind.
     */
    private boolean isTrusted(final Watermark mark, final List<Answer<NonceAtHeight>> answers) {
        return answers.get(0) instanceof Answer.Told
                && mark.told() >= Math.min(2, answers.size())
                && mark.height() >= confirmedHeight;
    }

    /** Goes down as far as all agree; if there is more to it, the next looks find out. */
    private void reorged(final Account account, final Watermark mark) {
        reorgs.notSeen();
        final long downToNonce = mark.highest();
        LOG.warn(
                "account {}: reorganisation: confirmed up to {}, but at height {} the chain has"
                        + " executed only up to {}",
                accountId,
                Long.toUnsignedString(account.confirmedNonce()),
                mark.height(),
                Long.toUnsignedString(downToNonce));
        if (NonceOrder.isBelow(downToNonce, ports.ledger().reorgFloor(accountId))) {
            doubt = "a reorganisation down to nonce " + Long.toUnsignedString(downToNonce);
            displacement.halt(
                    accountId,
                    doubt + " reaches below what the outbox still holds",
                    whileOpen(() -> rest()));
            return;
        }
        ports.offers()
                .offer(
                        new Event.NonceReorged(accountId, downToNonce),
                        whileOpen(outcome -> rest()));
    }

    /** Everything of ours is confirmed, and the chain is further: the lane resynchronises. */
    private void usedBeyondNext(final long executedNonce) {
        landingCheck.distrust();
        doubt = "the chain has executed up to " + Long.toUnsignedString(executedNonce);
        displacement.halt(
                accountId,
                doubt + ", beyond our next nonce: somebody else has the key",
                whileOpen(() -> takeOver(executedNonce, MAX_TAKEN_OVER)));
    }

    private void takeOver(final long executedNonce, final int left) {
        final Account account = ports.ledger().account(accountId);
        if (left == 0
                || account.haltReason() == null
                || !NonceOrder.isBelow(account.nextNonce(), executedNonce)) {
            rest();
            return;
        }
        displacement.report(
                accountId,
                account.nextNonce(),
                new byte[32],
                whileOpen(
                        () -> {
                            if (ports.ledger().nextNonce(accountId) == account.nextNonce()) {
                                rest();
                            } else {
                                takeOver(executedNonce, left - 1);
                            }
                        }));
    }

    private void rest() {
        rest(intervalNs());
    }

    private void rest(final long delayNs) {
        if (!closed) {
            nextLook = ports.loop().after(delayNs, this::look);
        }
    }

    private long intervalNs() {
        final Account account = ports.ledger().account(accountId);
        final PublishOptions.Confirming confirming = ports.options().confirming();
        return account.confirmedNonce() == account.nextNonce()
                ? confirming.idleInterval().toNanos()
                : confirming.interval().toNanos();
    }

    private <T> Consumer<T> whileOpen(final Consumer<T> step) {
        return answer -> {
            if (!closed) {
                step.accept(answer);
            }
        };
    }

    private Runnable whileOpen(final Runnable step) {
        return () -> {
            if (!closed) {
                step.run();
            }
        };
    }
}
