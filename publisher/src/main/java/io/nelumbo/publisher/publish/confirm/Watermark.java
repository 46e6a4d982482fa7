package io.nelumbo.publisher.publish.confirm;

import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.port.PublishOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What upstreams say of an account's executed nonce at confidence depth. Where they disagree the
 * lowest counts for confirming: one that lags, or lies low, delays a confirmation, and one that
 * lies high is believed only if nobody else answers ({@link PublishOptions.Confirming#minUpstreams}
 * forbids that). All must be lower for a reorganisation, all higher for a foreign use.
 *
 * @param lowest of the nonces told
 * @param highest of the nonces told
 * @param height the lowest height that one of them was read at
 * @param told how many told one
 */
record Watermark(long lowest, long highest, long height, int told) {

    /** The watermark of what was told, or null if nobody told anything. */
    static @Nullable Watermark of(final List<Answer<NonceAtHeight>> answers) {
        Watermark mark = null;
        for (final Answer<NonceAtHeight> answer : answers) {
            if (answer instanceof Answer.Told<NonceAtHeight> one) {
                mark = mark == null ? of(one.value()) : mark.and(one.value());
            }
        }
        return mark;
    }

    private static Watermark of(final NonceAtHeight one) {
        return new Watermark(one.nonce(), one.nonce(), one.height(), 1);
    }

    private Watermark and(final NonceAtHeight another) {
        return new Watermark(
                NonceOrder.lower(lowest, another.nonce()),
                NonceOrder.higher(highest, another.nonce()),
                Math.min(height, another.height()),
                told + 1);
    }
}
