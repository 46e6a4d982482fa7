package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.port.Filling;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.proof.Displacement;
import io.nelumbo.publisher.publish.proof.Investigation;
import io.nelumbo.publisher.publish.proof.Verdict;
import io.nelumbo.publisher.publish.upstream.UpstreamLine;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;

/**
 * Owned by the thread {@code publisher}: what a lane does when an upstream did not take its head; a
 * method per row of DESIGN §7's table. Whatever it finds out, it ends with one of the lane's {@link
 * HeadMoves}.
 */
final class Refusals {

    private final Address address;
    private final Upstreams upstreams;
    private final Ports ports;
    private final LanePosition position;
    private final HeldHead head;
    private final LanePhase phase;
    private final HeadMoves lane;
    private final Investigation investigation;
    private final Displacement displacement;

    Refusals(
            final Upstreams upstreams,
            final Ports ports,
            final LanePosition position,
            final HeldHead head,
            final HeadMoves lane) {
        final Account account = position.account();
        this.address = new Address(account.chain(), account.address());
        this.upstreams = upstreams;
        this.ports = ports;
        this.position = position;
        this.head = head;
        this.phase = lane.phase();
        this.lane = lane;
        this.investigation = new Investigation(account, upstreams, ports);
        this.displacement = new Displacement(ports);
    }

    /** An upstream did not take the head. */
    void refused(final UpstreamLine by, final OutboxMessage message, final PushOutcome outcome) {
        final long nonce = message.nonce();
        if (outcome instanceof PushOutcome.NonceTooLow) {
            investigate(by, message);
        } else if (outcome instanceof PushOutcome.Gap gap) {
            closeGap(by, nonce, gap.text());
        } else if (outcome instanceof PushOutcome.Ambiguous ambiguous) {
            lane.retryLater(nonce, HoldReason.AMBIGUOUS, ambiguous.text());
        } else if (outcome instanceof PushOutcome.Underpriced underpriced) {
            lane.retryLater(nonce, HoldReason.UNDERPRICED, underpriced.text());
        } else if (outcome instanceof PushOutcome.NotEnoughFunds funds) {
            lane.retryLater(nonce, HoldReason.NOT_ENOUGH_FUNDS, funds.text());
        } else if (outcome instanceof PushOutcome.PoolFull full) {
            lane.retryLater(nonce, HoldReason.POOL_FULL, full.text());
        } else if (outcome instanceof PushOutcome.Invalid invalid) {
            fillOrHold(message, invalid.text());
        } else {
            throw new IllegalStateException("expected a refusal but was " + outcome);
        }
    }

    /** "Nonce too low" is no failure: the same message may have landed. */
    private void investigate(final UpstreamLine by, final OutboxMessage message) {
        investigation.begin(message, phase.asking(verdict -> judged(by, message.nonce(), verdict)));
    }

    private void judged(final UpstreamLine by, final long nonce, final Verdict verdict) {
        if (verdict instanceof Verdict.CannotTell cannotTell) {
            lane.retryLater(nonce, HoldReason.NONCE_USED, cannotTell.why());
        } else if (verdict instanceof Verdict.Displaced displaced) {
            displacement.report(
                    position.account().id(),
                    nonce,
                    displaced.foreignHash(),
                    phase.asking(() -> lane.displacementReported(nonce)));
        } else {
            head.passedBelow(nonce + 1);
            lane.skipExecuted(by, nonce + 1);
        }
    }

    /**
     * What the upstream misses goes again: from its own next nonce, at once, the first time; from
     * the first unconfirmed nonce, with patience, when that did not help.
     */
    private void closeGap(final UpstreamLine by, final long nonce, final String text) {
        if (!head.isNewGap(nonce, text)) {
            lane.startOverLater(nonce, HoldReason.GAP, text);
            return;
        }
        by.ask(
                upstream -> upstream.nextNonce(address),
                phase.asking(
                        answer -> {
                            if (answer instanceof Answer.Told<Long> told
                                    && NonceOrder.isBelow(told.value(), nonce)) {
                                lane.goOnAt(told.value());
                            } else {
                                lane.retryLater(nonce, HoldReason.GAP, text);
                            }
                        }));
    }

    /**
     * The fill policy may give the nonce to a self-send, once as many refusals in a row as there
     * are upstreams say the same; the ledger then has other bytes for it.
     */
    private void fillOrHold(final OutboxMessage message, final String text) {
        final long nonce = message.nonce();
        final Filling filling =
                !message.filled() && head.isInvalid(nonce, upstreams.size())
                        ? ports.fillPolicy()
                                .fill(position.account(), message, HeldHead.bounded(text))
                        : new Filling.Hold();
        if (filling instanceof Filling.Fill fill) {
            ports.offers()
                    .offer(
                            fill.event(),
                            phase.asking(
                                    outcome -> lane.retryLater(nonce, HoldReason.INVALID, text)));
        } else if (filling instanceof Filling.NoKey noKey) {
            lane.retryLater(
                    nonce, HoldReason.NO_KEY_TO_FILL, noKey.why() + "; the upstream says: " + text);
        } else {
            lane.retryLater(nonce, HoldReason.INVALID, text);
        }
    }
}
