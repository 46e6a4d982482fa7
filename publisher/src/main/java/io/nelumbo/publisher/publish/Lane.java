package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}: pushes the messages of one account in nonce order, for one
 * epoch. The bytes always come from the ledger of this node, so nothing goes out that is not
 * applied here (I3), and a nonce has the same bytes whoever pushes it and however often (I2).
 *
 * <p>It works in passes. A pass keeps to one upstream, begins at the first nonce that the chain has
 * not executed, goes up to the account's next nonce and then follows it. A new pass begins when the
 * upstream changes, when bytes were replaced or confirmations undone, and after every rebroadcast
 * interval, since chain nodes drop messages silently. A pass that follows one without a new
 * confirmation trusts nobody: it begins at the first unconfirmed nonce, at another upstream.
 *
 * <p>At most one request of a lane is out at any time.
 */
final class Lane {

    /**
     * What the lane waits for. Only a resting lane acts; every way out of the others leads here.
     */
    private enum Phase {
        RESTING,
        QUEUED,
        PUSHING,
        ASKING,
        WAITING
    }

    private final Address address;
    private final Upstreams upstreams;
    private final Ports ports;
    private final LanePosition position;
    private final HeldHead head;
    private final Investigation investigation;
    private final Displacement displacement;

    private Phase phase = Phase.RESTING;
    private boolean closed;

    private @Nullable UpstreamLine line;
    private boolean passDue = true;
    private boolean passFromConfirmed;
    private boolean passElsewhere;
    private long confirmedAtRebroadcast;
    private PublishLoop.@Nullable Timer rebroadcast;
    private PublishLoop.@Nullable Timer retry;

    Lane(final Account account, final Upstreams upstreams, final Ports ports) {
        final PublishOptions.Pushing limits = ports.options().pushing();
        this.address = new Address(account.chain(), account.address());
        this.upstreams = upstreams;
        this.ports = ports;
        this.position = new LanePosition(account, ports.ledger(), limits);
        this.head =
                new HeldHead(
                        account.id(),
                        Backoff.of(limits.retryMin(), limits.retryMax(), ports.options().seed()));
        this.investigation = new Investigation(account, upstreams, ports);
        this.displacement = new Displacement(ports);
    }

    /** The ledger has news of the account. */
    void touched() {
        act();
    }

    /** Bytes of an unconfirmed nonce were replaced: what went out before is not what counts now. */
    void rewritten() {
        passDue = true;
        passFromConfirmed = true;
        act();
    }

    /** Ends the lane; answers to what is in flight are ignored. */
    void close() {
        closed = true;
        ports.loop().cancel(rebroadcast);
        ports.loop().cancel(retry);
    }

    LaneStatus status(final String confirmationDoubt) {
        final Account account = position.account();
        final UpstreamLine current = line;
        return new LaneStatus(
                account.id(),
                address,
                account.confirmedNonce(),
                position.cursor(),
                account.nextNonce(),
                current == null ? "" : current.name(),
                head.status(),
                account.haltReason(),
                confirmationDoubt);
    }

    private void act() {
        if (closed || phase != Phase.RESTING) {
            return;
        }
        refresh();
        if (!position.isLive()) {
            return;
        }
        if (rebroadcast == null) {
            armRebroadcast();
        }
        final UpstreamLine current = line;
        if (passDue || current == null || current.isCooling()) {
            beginPass();
        } else if (position.hasRoom()) {
            phase = Phase.QUEUED;
            current.awaitTurn(this::push);
        }
    }

    private void refresh() {
        if (!position.refresh()) {
            passDue = true;
            passFromConfirmed = true;
        }
        head.passedBelow(position.account().confirmedNonce());
    }

    private void beginPass() {
        final UpstreamLine chosen = passElsewhere ? upstreams.behind(line) : upstreams.preferred();
        if (chosen == null) {
            awaitUpstream();
            return;
        }
        final boolean fromConfirmed = passFromConfirmed;
        line = chosen;
        passDue = false;
        passElsewhere = false;
        passFromConfirmed = false;
        if (fromConfirmed) {
            position.restart();
            act();
        } else {
            skipExecuted(chosen, position.account().confirmedNonce());
        }
    }

    /**
     * Goes on at the first nonce that the chain has not executed, and not below another: what is
     * executed need not be pushed, and it is the confirmer's task to find out by whom.
     */
    private void skipExecuted(final UpstreamLine from, final long atLeastNonce) {
        phase = Phase.ASKING;
        from.ask(
                upstream -> upstream.executedNonce(address, 0),
                whileOpen(
                        answer -> {
                            final long executed =
                                    answer instanceof Answer.Told<NonceAtHeight> told
                                            ? told.value().nonce()
                                            : atLeastNonce;
                            position.moveTo(NonceOrder.higher(executed, atLeastNonce));
                            head.passedBelow(position.cursor());
                            act();
                        }));
    }

    private void awaitUpstream() {
        final Long untilReadyNs = upstreams.untilReadyNs();
        if (untilReadyNs == null) {
            retryLater(
                    position.account().confirmedNonce(),
                    HoldReason.NO_UPSTREAM,
                    "no upstream is configured for " + address.chain());
            return;
        }
        phase = Phase.WAITING;
        retry = ports.loop().after(untilReadyNs, whileOpen(this::act));
    }

    /** Runs from one rebroadcast to the next, whatever passes begin in between. */
    private void armRebroadcast() {
        confirmedAtRebroadcast = position.account().confirmedNonce();
        rebroadcast =
                ports.loop()
                        .after(
                                ports.options().pushing().rebroadcastInterval().toNanos(),
                                this::rebroadcastDue);
    }

    private void rebroadcastDue() {
        rebroadcast = null;
        refresh();
        if (!position.isLive()) {
            return;
        }
        passDue = true;
        if (position.account().confirmedNonce() == confirmedAtRebroadcast) {
            passFromConfirmed = true;
            passElsewhere = true;
        }
        armRebroadcast();
        act();
    }

    /** Our turn at the upstream: push once, or let the turn pass. */
    private void push() {
        phase = Phase.RESTING;
        refresh();
        final UpstreamLine current = line;
        if (closed || current == null || !position.isLive()) {
            return;
        }
        if (passDue || current.isCooling()) {
            act();
            return;
        }
        final List<OutboxMessage> messages = position.nextMessages();
        if (messages.isEmpty()) {
            return;
        }
        phase = Phase.PUSHING;
        current.push(
                messages.stream().map(OutboxMessage::signedBytes).toList(),
                whileOpen(outcomes -> pushed(messages, outcomes)));
    }

    private void pushed(final List<OutboxMessage> messages, final List<PushOutcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            final OutboxMessage message = messages.get(i);
            if (!isTaken(outcomes.get(i))) {
                position.moveTo(message.nonce());
                refused(message, outcomes.get(i));
                return;
            }
            position.moveTo(message.nonce() + 1);
            head.passedBelow(message.nonce() + 1);
        }
        act();
    }

    private static boolean isTaken(final PushOutcome outcome) {
        return outcome instanceof PushOutcome.Accepted
                || outcome instanceof PushOutcome.AlreadyKnown;
    }

    private void refused(final OutboxMessage message, final PushOutcome outcome) {
        final long nonce = message.nonce();
        if (outcome instanceof PushOutcome.NonceTooLow) {
            investigate(message);
        } else if (outcome instanceof PushOutcome.Gap gap) {
            closeGap(nonce, gap.text());
        } else if (outcome instanceof PushOutcome.Ambiguous ambiguous) {
            retryLater(nonce, HoldReason.AMBIGUOUS, ambiguous.text());
        } else if (outcome instanceof PushOutcome.Underpriced underpriced) {
            retryLater(nonce, HoldReason.UNDERPRICED, underpriced.text());
        } else if (outcome instanceof PushOutcome.NotEnoughFunds funds) {
            retryLater(nonce, HoldReason.NOT_ENOUGH_FUNDS, funds.text());
        } else if (outcome instanceof PushOutcome.PoolFull full) {
            retryLater(nonce, HoldReason.POOL_FULL, full.text());
        } else if (outcome instanceof PushOutcome.Invalid invalid) {
            holdInvalid(message, invalid.text());
        } else {
            throw new IllegalStateException("expected a refusal but was " + outcome);
        }
    }

    /** "Nonce too low" is no failure: the same message may have landed. */
    private void investigate(final OutboxMessage message) {
        phase = Phase.ASKING;
        investigation.begin(message, whileOpen(verdict -> judged(message.nonce(), verdict)));
    }

    private void judged(final long nonce, final Verdict verdict) {
        final UpstreamLine current = line;
        if (verdict instanceof Verdict.CannotTell cannotTell) {
            retryLater(nonce, HoldReason.NONCE_USED, cannotTell.why());
        } else if (verdict instanceof Verdict.Displaced displaced) {
            phase = Phase.ASKING;
            displacement.report(
                    position.account().id(),
                    nonce,
                    displaced.foreignHash(),
                    whileOpen(() -> displacementReported(nonce)));
        } else if (current != null) {
            head.passedBelow(nonce + 1);
            skipExecuted(current, nonce + 1);
        }
    }

    private void displacementReported(final long nonce) {
        refresh();
        if (position.isLive()) {
            retryLater(nonce, HoldReason.NONCE_USED, "displaced, but that is not committed yet");
        }
    }

    /**
     * What the upstream misses goes again: from its own next nonce, at once, the first time; from
     * the first unconfirmed nonce, with patience, when that did not help.
     */
    private void closeGap(final long nonce, final String text) {
        final UpstreamLine current = line;
        if (current == null || !head.isNewGap(nonce, text)) {
            passDue = true;
            passFromConfirmed = true;
            retryLater(nonce, HoldReason.GAP, text);
            return;
        }
        phase = Phase.ASKING;
        current.ask(
                upstream -> upstream.nextNonce(address),
                whileOpen(
                        answer -> {
                            if (answer instanceof Answer.Told<Long> told
                                    && NonceOrder.isBelow(told.value(), nonce)) {
                                position.moveTo(told.value());
                                act();
                            } else {
                                retryLater(nonce, HoldReason.GAP, text);
                            }
                        }));
    }

    /**
     * The fill policy may give the nonce to a self-send, once as many refusals in a row as there
     * are upstreams say the same; the ledger then has other bytes for it.
     */
    private void holdInvalid(final OutboxMessage message, final String text) {
        final Event.NonceFilled fill =
                !message.filled() && head.isInvalid(message.nonce(), upstreams.size())
                        ? ports.fillPolicy()
                                .fill(position.account(), message, HeldHead.bounded(text))
                        : null;
        if (fill == null) {
            retryLater(message.nonce(), HoldReason.INVALID, text);
            return;
        }
        phase = Phase.ASKING;
        ports.offers()
                .offer(
                        fill,
                        whileOpen(
                                outcome -> retryLater(message.nonce(), HoldReason.INVALID, text)));
    }

    /** Holds the head: never a new nonce, never other bytes, another upstream if there is one. */
    private void retryLater(final long nonce, final HoldReason reason, final String text) {
        if (upstreams.size() > 1) {
            passDue = true;
            passElsewhere = true;
        }
        phase = Phase.WAITING;
        retry = ports.loop().after(head.hold(nonce, reason, text), whileOpen(this::act));
    }

    /** The lane rests, then goes on with an answer; a closed lane ignores it. */
    private <T> Consumer<T> whileOpen(final Consumer<T> step) {
        return answer -> {
            phase = Phase.RESTING;
            if (!closed) {
                step.accept(answer);
            }
        };
    }

    private Runnable whileOpen(final Runnable step) {
        return () -> {
            phase = Phase.RESTING;
            if (!closed) {
                step.run();
            }
        };
    }
}
