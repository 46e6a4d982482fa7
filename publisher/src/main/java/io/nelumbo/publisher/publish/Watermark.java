package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What upstreams say of an account's executed nonce at confidence depth. Where they disagree the
 * lowest counts for confirming: one that lags, or lies low, delays a confirmation, and none can
 * bring one about alone. All must be lower for a reorganisation, all higher for a foreign use.
 *
 * @param lowest of the nonces told
 * @param highest of the nonces told
 * @param height the lowest height that one of them was read at
 * @param unanimous whether every upstream answered
 */
record Watermark(long lowest, long highest, long height, boolean unanimous) {

    /** The watermark of what was told, or null if nobody told anything. */
    static @Nullable Watermark of(final List<Answer<NonceAtHeight>> answers) {
        Watermark mark = null;
        int told = 0;
        for (final Answer<NonceAtHeight> answer : answers) {
            if (answer instanceof Answer.Told<NonceAtHeight> one) {
                told++;
                final NonceAtHeight value = one.value();
                mark =
                        mark == null
                                ? new Watermark(value.nonce(), value.nonce(), value.height(), false)
                                : new Watermark(
                                        NonceOrder.lower(mark.lowest, value.nonce()),
                                        NonceOrder.higher(mark.highest, value.nonce()),
                                        Math.min(mark.height, value.height()),
                                        false);
            }
        }
        return mark == null
                ? null
                : new Watermark(mark.lowest, mark.highest, mark.height, told == answers.size());
    }
}
