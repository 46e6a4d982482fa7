package io.nelumbo.publisher.publish.proof;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream.NonceAtHeight;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.port.NonceOrder;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import java.util.List;
import java.util.function.Consumer;

/**
 * Owned by the thread {@code publisher}: whether upstreams still have the whole stretch of chain in
 * which a nonce was used. Chain nodes that were synced from a snapshot, or that prune, know no
 * message below their horizon, and say of it what they say of one that never existed.
 *
 * <p>The stretch begins where the account had not yet executed the nonce. An upstream that reads
 * the account's state there has every block above it: nodes keep messages at least as long as
 * states. So the account is read deeper and deeper below the head until all upstreams tell that the
 * nonce was unused. One that cannot tell any more ends the check.
 */
final class HistoryCheck {

    /** Each doubles the depth: from one tipset this is more than four million. */
    private static final int MAX_LOOKS = 22;

    private final Address address;
    private final Upstreams upstreams;
    private final int confidence;

    HistoryCheck(final Address address, final Upstreams upstreams, final int confidence) {
        this.address = address;
        this.upstreams = upstreams;
        this.confidence = confidence;
    }

    /** Checks; {@code doubt} is told in a later turn why not all reach back, or an empty text. */
    void begin(final long nonce, final Consumer<String> doubt) {
        look(nonce, 2 * Math.max(1, confidence), 1, doubt);
    }

    private void look(
            final long nonce, final int depth, final int looks, final Consumer<String> doubt) {
        upstreams.askAll(
                upstream -> upstream.executedNonce(address, depth),
                answers -> told(nonce, depth, looks, answers, doubt));
    }

    private void told(
            final long nonce,
            final int depth,
            final int looks,
            final List<Answer<NonceAtHeight>> answers,
            final Consumer<String> doubt) {
        boolean allUnused = true;
        for (final Answer<NonceAtHeight> answer : answers) {
            if (answer instanceof Answer.NotTold<NonceAtHeight> silent) {
                doubt.accept(tooShort(depth, silent.reason()));
                return;
            }
            if (answer instanceof Answer.Told<NonceAtHeight> one) {
                allUnused &= !NonceOrder.isBelow(nonce, one.value().nonce());
            }
        }
        if (allUnused) {
            doubt.accept("");
        } else if (looks == MAX_LOOKS) {
            doubt.accept(tooShort(depth, "it was used even earlier"));
        } else {
            look(nonce, 2 * depth, looks + 1, doubt);
        }
    }

    private static String tooShort(final int depth, final String reason) {
        return "the history of an upstream is not known to reach back to where it was unused, "
                + depth
                + " tipsets below the head or more (an upstream with full history could tell): "
                + reason;
    }
}
