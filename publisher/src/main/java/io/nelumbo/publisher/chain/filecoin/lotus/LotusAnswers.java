package io.nelumbo.publisher.chain.filecoin.lotus;

import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.PushOutcome.AlreadyKnown;
import io.nelumbo.publisher.chain.PushOutcome.Ambiguous;
import io.nelumbo.publisher.chain.PushOutcome.Gap;
import io.nelumbo.publisher.chain.PushOutcome.Invalid;
import io.nelumbo.publisher.chain.PushOutcome.NonceTooLow;
import io.nelumbo.publisher.chain.PushOutcome.NotEnoughFunds;
import io.nelumbo.publisher.chain.PushOutcome.PoolFull;
import io.nelumbo.publisher.chain.PushOutcome.Underpriced;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What the error texts of Filecoin nodes mean for a pushed message. Texts are wrapped by every
 * layer that they pass and codes differ by version, so a known fragment anywhere in the lower-cased
 * text decides; a text without one is ambiguous, which costs a retry where a wrong guess would cost
 * a nonce.
 *
 * <p>Source: UPSTREAM-ERRORS.md; Lotus {@code chain/messagepool}, Forest {@code
 * message_pool/errors.rs}.
 */
public final class LotusAnswers {
    private static final int MAX_TEXT_CHARS = 1000;

    private static final List<Row> ROWS =
            List.of(
                    // Lotus and Venus.
                    new Row("message nonce too low", NonceTooLow::new),
                    new Row("message with nonce already exists", text -> new AlreadyKnown()),
                    // Another message holds the nonce in the pool; ours cannot replace it.
                    new Row("replace by fee has too low gaspremium", NonceTooLow::new),
                    new Row("unfulfilled nonce gap", Gap::new),
                    new Row("nonce has too big a gap", Gap::new),
                    new Row("not enough funds to execute transaction", NotEnoughFunds::new),
                    new Row("not enough funds including pending messages", NotEnoughFunds::new),
                    new Row("too many pending messages", PoolFull::new),
                    new Row("gas fee cap too low", Underpriced::new),
                    new Row("'gasfeecap' less than 'gaspremium'", Underpriced::new),
                    new Row("message too big", Invalid::new),
                    new Row("signature verification failed", Invalid::new),
                    new Row("is not a valid top-level sender", Invalid::new),
                    // Forest, where it differs.
                    new Row("message sequence too low", NonceTooLow::new),
                    new Row("message with sequence already in mempool", text -> new AlreadyKnown()),
                    new Row("gas price is lower than min gas price", NonceTooLow::new),
                    new Row("gas fee cap is too low", Underpriced::new),
                    new Row("message is too big", Invalid::new));

    private LotusAnswers() {}

    /** The outcome that an error text stands for; keeps at most 1000 characters of it. */
    public static PushOutcome outcomeOf(final String text) {
        final String kept = text.substring(0, Math.min(text.length(), MAX_TEXT_CHARS));
        final String lowerCased = text.toLowerCase(Locale.ROOT);
        for (final Row row : ROWS) {
            if (lowerCased.contains(row.fragment)) {
                return row.outcome.apply(kept);
            }
        }
        return new Ambiguous(kept);
    }

    private record Row(String fragment, Function<String, PushOutcome> outcome) {}
}
