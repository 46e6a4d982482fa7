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
 *       calls some of them executed, one of the two is not at the chain's head, or lies;
 *   <li>an upstream whose head is more than {@value #MAX_LAG_TIPSETS} tipsets behind has no veto,
 *       as a dead one would have none; it may still show pending messages that the others have not
 *       heard of. Not so where too few are left without it, or more are behind than at the head:
 *       one that makes its head up must not outvote the others.
 * </ol>
 *
 * <p>Anything else is refused, with what each upstream said.
 */
sealed interface FirstNonce {

    /** Nodes that are well do not differ by more than a tipset or two. */
    int MAX_LAG_TIPSETS = 5;

    /**
     * What the account opens at.
     *
     * @param unheard who had no veto and why, an empty text if everybody had
     */
    record Agreed(long nonce, String unheard) implements FirstNonce {}

    /** Not known: who said what. */
    record Disputed(String why) implements FirstNonce {}

    /**
     * Judges what upstreams say, of which there is one at least.
     *
     * @param minViews how many must be left, for one that is behind to have no veto
     */
    static FirstNonce of(final List<AccountView> views, final int minViews) {
        final long head = views.stream().mapToLong(AccountView::height).max().orElseThrow();
        final List<AccountView> current =
                views.stream().filter(view -> view.height() >= head - MAX_LAG_TIPSETS).toList();
        final List<AccountView> behind =
                views.stream().filter(view -> view.height() < head - MAX_LAG_TIPSETS).toList();
        if (behind.isEmpty() || current.size() < Math.max(minViews, behind.size())) {
            return unanimous(views);
        }
        final FirstNonce judged = unanimous(current);
        return judged instanceof Agreed agreed ? withBehind(agreed.nonce(), behind, views) : judged;
    }

    private static FirstNonce unanimous(final List<AccountView> views) {
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
        return new Agreed(highest.firstNonce(), "");
    }

    /** They can raise what the others agree on by what they show, and contradict the chain. */
    private static FirstNonce withBehind(
            final long agreedNonce, final List<AccountView> behind, final List<AccountView> all) {
        long nonce = agreedNonce;
        for (final AccountView view : behind) {
            if (NonceOrder.isBelow(agreedNonce, view.executedNonce())) {
                return disputed(
                        view.upstream()
                                + " is behind and has executed more than those at the head expect",
                        all);
            }
            if (NonceOrder.isBelow(nonce, view.firstNonce()) && view.showsAllFrom(nonce)) {
                nonce = view.firstNonce();
            }
        }
        final long head = all.stream().mapToLong(AccountView::height).max().orElseThrow();
        return new Agreed(
                nonce,
                behind.stream()
                        .map(
                                view ->
                                        view.upstream()
                                                + " is "
                                                + (head - view.height())
                                                + " tipsets behind and has no veto")
                        .collect(Collectors.joining("; ")));
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
