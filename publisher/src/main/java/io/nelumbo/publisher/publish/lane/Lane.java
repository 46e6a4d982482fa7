package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.Backoff;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.publisher.publish.upstream.UpstreamLine;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}: pushes the messages of one account in nonce order, for one
 * epoch. The bytes always come from the ledger of this node, so nothing goes out that is not
 * applied here (I3), and a nonce has the same bytes whoever pushes it and however often (I2).
 *
 * <p>It works in passes ({@link Pass}); {@link LanePosition} says what comes next, {@link Refusals}
 * what to do when it was not taken. Unconfirmed messages go again after every rebroadcast interval,
 * since chain nodes drop messages silently. At most one request of a lane is out at any time
 * ({@link LanePhase}).
 */
final class Lane {

    private final Address address;
    private final Upstreams upstreams;
    private final Ports ports;
    private final LanePosition position;
    private final HeldHead head;
    private final Pass pass;
    private final LanePhase phase = new LanePhase();
    private final Refusals refusals;

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
        this.pass = new Pass(upstreams);
        this.refusals = new Refusals(upstreams, ports, position, head, new Moves());
    }

    /** The ledger has news of the account. */
    void touched() {
        act();
    }

    /** Bytes of an unconfirmed nonce were replaced: what went out before is not what counts now. */
    void rewritten() {
        pass.endAndStartOver();
        act();
    }

    /** Ends the lane; answers to what is in flight are ignored. */
    void close() {
        phase.close();
        ports.loop().cancel(rebroadcast);
        ports.loop().cancel(retry);
    }

    LaneStatus status(final String confirmationDoubt) {
        final Account account = position.account();
        return new LaneStatus(
                account.id(),
                address,
                account.confirmedNonce(),
                position.cursor(),
                account.nextNonce(),
                pass.upstreamName(),
                head.status(),
                account.haltReason(),
                confirmationDoubt);
    }

    private void act() {
        if (!phase.mayAct()) {
            return;
        }
        refresh();
        if (!position.isLive()) {
            return;
        }
        if (rebroadcast == null) {
            armRebroadcast();
        }
        final UpstreamLine line = pass.line();
        if (line == null || pass.isOver()) {
            beginPass();
        } else if (position.hasRoom()) {
            line.awaitTurn(phase.queued(() -> push(line)));
        }
    }

    private void refresh() {
        if (!position.refresh()) {
            pass.endAndStartOver();
        }
        head.passedBelow(position.account().confirmedNonce());
    }

    private void beginPass() {
        final Pass.Start start = pass.begin();
        if (start == null) {
            awaitUpstream();
        } else if (start.fromConfirmed()) {
            position.restart();
            act();
        } else {
            skipExecuted(start.line(), position.account().confirmedNonce());
        }
    }

    /**
     * Goes on at the first nonce that the chain has not executed, and not below another: what is
     * executed need not be pushed, and it is the confirmer's task to find out by whom.
     */
    private void skipExecuted(final UpstreamLine from, final long atLeastNonce) {
        from.ask(
                upstream -> upstream.executedNonce(address, 0),
                phase.asking(
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
        retry = ports.loop().after(untilReadyNs, phase.waiting(this::act));
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
        pass.end();
        if (position.account().confirmedNonce() == confirmedAtRebroadcast) {
            pass.endAndStartOver();
            pass.endAndGoElsewhere();
        }
        armRebroadcast();
        act();
    }

    /** Our turn at the upstream: push once, or let the turn pass. */
    private void push(final UpstreamLine line) {
        refresh();
        if (phase.isClosed() || !position.isLive()) {
            return;
        }
        if (pass.isOver()) {
            act();
            return;
        }
        final List<OutboxMessage> messages = position.nextMessages();
        if (messages.isEmpty()) {
            return;
        }
        line.push(
                messages.stream().map(OutboxMessage::signedBytes).toList(),
                phase.pushing(outcomes -> pushed(line, messages, outcomes)));
    }

    private void pushed(
            final UpstreamLine line,
            final List<OutboxMessage> messages,
            final List<PushOutcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            final OutboxMessage message = messages.get(i);
            if (!isTaken(outcomes.get(i))) {
                position.moveTo(message.nonce());
                refusals.refused(line, message, outcomes.get(i));
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

    private void retryLater(final long nonce, final HoldReason reason, final String text) {
        if (upstreams.size() > 1) {
            pass.endAndGoElsewhere();
        }
        retry = ports.loop().after(head.hold(nonce, reason, text), phase.waiting(this::act));
    }

    /** What the head's refusal may lead to. */
    private final class Moves implements HeadMoves {

        @Override
        public LanePhase phase() {
            return phase;
        }

        @Override
        public void goOnAt(final long nonce) {
            position.moveTo(nonce);
            act();
        }

        @Override
        public void skipExecuted(final UpstreamLine from, final long atLeastNonce) {
            Lane.this.skipExecuted(from, atLeastNonce);
        }

        @Override
        public void retryLater(final long nonce, final HoldReason reason, final String text) {
            Lane.this.retryLater(nonce, reason, text);
        }

        @Override
        public void startOverLater(final long nonce, final HoldReason reason, final String text) {
            pass.endAndStartOver();
            Lane.this.retryLater(nonce, reason, text);
        }

        @Override
        public void displacementReported(final long nonce) {
            refresh();
            if (position.isLive()) {
                retryLater(
                        nonce, HoldReason.NONCE_USED, "displaced, but that is not committed yet");
            }
        }
    }
}
