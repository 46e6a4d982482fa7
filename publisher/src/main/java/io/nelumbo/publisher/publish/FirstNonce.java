package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.publish.port.NonceOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The nonce at which an account opens, or why it cannot be known yet. Immutable.
 *
 * <p>The rule: the highest wins, and nobody is believed without evidence. An account that opens too
 * high has a gap that no message of ours ever closes, and everything of it waits for ever; so
 *
 * <ol>
 *   <li>each upstream's next nonce must follow from its own chain state: its pool shows a message
 *       of the account for every nonce from the executed one on;
 *   <li>where another upstream's view is lower, the highest must show, in its pool, a message for
 *       every nonce from there on: the other one has only not heard of them yet. Where the highest
 *       calls some of them executed, one of the two is not at the chain's head, or lies.
 * </ol>
 *
 * <p>Anything else is refused, with what each upstream said. It passes by itself where it is a
 * matter of moments: messages of the newest tipset stand neither in the state nor in the pool.
 */
sealed interface FirstNonce {

    /** What the account opens at. */
    record Agreed(long nonce) implements FirstNonce {}

    /** Not known: who said what. */
    record Disputed(String why) implements FirstNonce {}

    /** Judges what upstreams say, of which there is one at least. */
    static FirstNonce of(final List<AccountView> views) {
        AccountView highest = views.get(0);
        for (final AccountView view : views) {
            if (!view.isExplained()) {
                return disputed(
                        view.upstream() + " would give a nonce that its own pool does not lead to",
                        views);
            }
            if (NonceOrder.isBelow(highest.firstNonce(), view.firstNonce())) {
                highest = view;
            }
        }
        for (final AccountView view : views) {
            if (view.firstNonce() != highest.firstNonce()
                    && !highest.showsAllFrom(view.firstNonce())) {
                return disputed(
                        view.upstream()
                                + " and "
                                + highest.upstream()
                                + " disagree by more than pending messages explain",
                        views);
            }
        }
        return new Agreed(highest.firstNonce());
    }

    private static FirstNonce disputed(final String why, final List<AccountView> views) {
        return new Disputed(
                why
                        + ": "
                        + views.stream()
                                .map(AccountView::toString)
                                .collect(Collectors.joining("; ")));
    }
}
