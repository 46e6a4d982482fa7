package io.nelumbo.publisher.publish.proof;

import io.nelumbo.publisher.chain.Upstream.Landing;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.UpstreamLine;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread {@code publisher}: makes sure that nonces which the chain has executed were
 * executed with our messages, before they count as confirmed. Either the highest of a range, which
 * finds a key that is used elsewhere sooner or later, or every single one, which finds it at once
 * and costs a question per message.
 */
public final class LandingCheck {

    /** Messages that are checked one by one before a part of them is confirmed. */
    static final int MAX_RANGE = 128;

    private final int accountId;
    private final Upstreams upstreams;
    private final Ports ports;
    private final Investigation investigation;
    private boolean everyOne;

    public LandingCheck(final Account account, final Upstreams upstreams, final Ports ports) {
        this.accountId = account.id();
        this.upstreams = upstreams;
        this.ports = ports;
        this.investigation = new Investigation(account, upstreams, ports);
        this.everyOne = ports.options().confirming().checkEveryLanding();
    }

    /** From now on every message is checked: somebody else does use the key. */
    public void distrust() {
        everyOne = true;
    }

    /** How far one check reaches at most; exclusive. */
    public long reach(final long fromNonce, final long toNonce) {
        return everyOne ? NonceOrder.lower(toNonce, fromNonce + MAX_RANGE) : toNonce;
    }

    /**
     * Checks {@code fromNonce..toNonce-1}. The verdict is landed if all of them are ours or ended
     * otherwise before, else it is that of the nonce that comes with it.
     */
    public void check(
            final long fromNonce, final long toNonce, final BiConsumer<Long, Verdict> then) {
        if (everyOne) {
            checkUpwards(fromNonce, toNonce, then);
        } else {
            checkHighest(fromNonce, toNonce, then);
        }
    }

    private void checkHighest(
            final long fromNonce, final long toNonce, final BiConsumer<Long, Verdict> then) {
        for (long above = toNonce; above != fromNonce; above--) {
            final OutboxMessage message = ports.ledger().message(accountId, above - 1);
            if (message != null) {
                checkOne(message, then);
                return;
            }
        }
        then.accept(toNonce, new Verdict.Landed());
    }

    private void checkUpwards(
            final long fromNonce, final long toNonce, final BiConsumer<Long, Verdict> then) {
        final OutboxMessage message = firstAtOrAbove(fromNonce, toNonce);
        if (message == null) {
            then.accept(toNonce, new Verdict.Landed());
            return;
        }
        checkOne(
                message,
                (nonce, verdict) -> {
                    if (verdict instanceof Verdict.Landed) {
                        checkUpwards(nonce + 1, toNonce, then);
                    } else {
                        then.accept(nonce, verdict);
                    }
                });
    }

    private @Nullable OutboxMessage firstAtOrAbove(final long fromNonce, final long toNonce) {
        for (long nonce = fromNonce; NonceOrder.isBelow(nonce, toNonce); nonce++) {
            final OutboxMessage message = ports.ledger().message(accountId, nonce);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    /** The preferred upstream usually knows; if not, everyone is asked. */
    private void checkOne(final OutboxMessage message, final BiConsumer<Long, Verdict> then) {
        final UpstreamLine line = upstreams.preferred();
        if (line == null) {
            then.accept(message.nonce(), new Verdict.CannotTell("all upstreams are left alone"));
            return;
        }
        line.ask(
                upstream -> upstream.find(message.hash()).thenApply(Optional::ofNullable),
                answer -> {
                    if (isOurs(message, answer)) {
                        then.accept(message.nonce(), new Verdict.Landed());
                    } else {
                        investigation.begin(
                                message, verdict -> then.accept(message.nonce(), verdict));
                    }
                });
    }

    private static boolean isOurs(
            final OutboxMessage message, final Answer<Optional<Landing>> answer) {
        return answer instanceof Answer.Told<Optional<Landing>> told
                && told.value()
                        .map(landing -> Investigation.isOurs(message, landing.hash()))
                        .orElse(false);
    }
}
