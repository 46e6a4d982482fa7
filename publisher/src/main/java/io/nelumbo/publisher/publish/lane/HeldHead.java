package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.publish.loop.Backoff;
import io.nelumbo.publisher.publish.port.NonceOrder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: the head of a lane that waits, why, and for how long. It
 * is logged when a hold begins, changes its reason or ends, not at each retry.
 */
final class HeldHead {

    private static final Logger LOG = LoggerFactory.getLogger(HeldHead.class);

    /** Even as UTF-8 well below what an event's text may have. */
    private static final int MAX_TEXT_CHARS = 256;

    private final int accountId;
    private final Backoff backoff;
    private LaneStatus.@Nullable Held held;

    HeldHead(final int accountId, final Backoff backoff) {
        this.accountId = accountId;
        this.backoff = backoff;
    }

    /** Holds a nonce; returns how long to wait before it is tried again, longer each time. */
    long hold(final long nonce, final HoldReason reason, final String upstreamText) {
        final String text = bounded(upstreamText);
        final LaneStatus.Held before = held;
        final int retries = before != null && before.nonce() == nonce ? before.retries() + 1 : 1;
        held = new LaneStatus.Held(nonce, reason, text, retries);
        if (before == null || before.nonce() != nonce || before.reason() != reason) {
            LOG.warn(
                    "account {}: nonce {} held: {}: {}",
                    accountId,
                    Long.toUnsignedString(nonce),
                    reason,
                    text);
        }
        return backoff.delayNs(accountId, retries - 1);
    }

    /** Remembers a gap before a nonce; false if that one was remembered before. */
    boolean isNewGap(final long nonce, final String text) {
        final LaneStatus.Held before = held;
        if (before != null && before.nonce() == nonce && before.reason() == HoldReason.GAP) {
            return false;
        }
        held = new LaneStatus.Held(nonce, HoldReason.GAP, bounded(text), 0);
        return true;
    }

    /** Whether a nonce was refused as invalid again and again, and for no other reason since. */
    boolean isInvalid(final long nonce, final int times) {
        final LaneStatus.Held before = held;
        return before != null
                && before.nonce() == nonce
                && (before.reason() == HoldReason.INVALID
                        || before.reason() == HoldReason.NO_KEY_TO_FILL)
                && before.retries() >= times;
    }

    /** An upstream may say a lot; status, log and events carry only so much. */
    static String bounded(final String text) {
        return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS);
    }

    /** Every nonce below this one is on its way: what was held there is held no more. */
    void passedBelow(final long nonce) {
        final LaneStatus.Held before = held;
        if (before == null || !NonceOrder.isBelow(before.nonce(), nonce)) {
            return;
        }
        held = null;
        if (before.retries() > 0) {
            LOG.info(
                    "account {}: nonce {} goes on after {} retries ({})",
                    accountId,
                    Long.toUnsignedString(before.nonce()),
                    before.retries(),
                    before.reason());
        }
    }

    LaneStatus.@Nullable Held status() {
        return held;
    }
}
