package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.SignedDraft;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What this cluster did with the nonce that a signed message brings, under whatever request id: the
 * outbox knows the unconfirmed nonces and the last {@code 1024} confirmed ones. Any thread.
 */
final class OwnNonces {
    /** Which epoch it was, the outbox does not keep. */
    private static final long UNKNOWN_EPOCH = 0;

    private static final String NOTHING_PUBLISHED = "; nothing was published";

    private final LedgerView ledger;

    OwnNonces(final LedgerView ledger) {
        this.ledger = ledger;
    }

    /**
     * The receipt of a message that is committed, or was before its nonce was given to a
     * replacement; null if it never was, as far as the outbox reaches. Signed once more, as whoever
     * signs with a random number does when he tries again, it is the same message: the receipt is
     * of the one that is committed, because a client who signed it anew at another nonce would pay
     * twice.
     */
    @Nullable Receipt receipt(final SignedDraft draft) {
        final int accountId = ledger.accountId(ChainKind.FILECOIN, draft.sender().bytes());
        final long nonce = draft.fixedNonce().orElseThrow();
        final OutboxMessage ours = accountId < 0 ? null : ledger.message(accountId, nonce);
        if (ours == null) {
            return null;
        }
        if (hasCarried(ours, draft.hash())) {
            return new Receipt(
                    accountId, nonce, ours.sequence(), UNKNOWN_EPOCH, draft.hash(), draft.bytes());
        }
        final byte[] committed = ours.signedBytes();
        return SignedFilecoinMessage.decode(committed).message().equals(draft.message())
                ? new Receipt(
                        accountId, nonce, ours.sequence(), UNKNOWN_EPOCH, ours.hash(), committed)
                : null;
    }

    /**
     * What to say to a signed message whose nonce is not the account's next.
     *
     * @param expected the next one, counting what is in flight
     */
    PushAnswer wrong(final SignedDraft draft, final int accountId, final long expected) {
        final Receipt receipt = receipt(draft);
        if (receipt != null) {
            return new PushAnswer.Accepted(receipt);
        }
        final long nonce = draft.fixedNonce().orElseThrow();
        if (Long.compareUnsigned(nonce, expected) > 0) {
            return new PushAnswer.Refused(RefusalKind.WRONG_NONCE, gap(nonce, expected));
        }
        if (Long.compareUnsigned(nonce, ledger.nextNonce(accountId)) >= 0) {
            // In flight under another request id: what it is will be known in a moment.
            return new PushAnswer.NotLeading();
        }
        final OutboxMessage other = ledger.message(accountId, nonce);
        return new PushAnswer.Refused(
                RefusalKind.WRONG_NONCE,
                other == null ? tooLow(expected) : taken(draft, nonce, other, expected));
    }

    private static boolean hasCarried(final OutboxMessage ours, final byte[] hash) {
        return Arrays.equals(ours.hash(), hash)
                || ours.formerHashes().stream().anyMatch(former -> Arrays.equals(former, hash));
    }

    private static String tooLow(final long expected) {
        return "minimum expected nonce is "
                + Long.toUnsignedString(expected)
                + ": message nonce too low"
                + NOTHING_PUBLISHED;
    }

    private static String gap(final long nonce, final long expected) {
        return "message nonce has too big a gap from expected nonce (Nonce: "
                + Long.toUnsignedString(nonce)
                + ", nextNonce: "
                + Long.toUnsignedString(expected)
                + "): unfulfilled nonce gap"
                + NOTHING_PUBLISHED
                + ", push the messages before it first";
    }

    private static String taken(
            final SignedDraft draft,
            final long nonce,
            final OutboxMessage other,
            final long expected) {
        return "nonce "
                + Long.toUnsignedString(nonce)
                + " of "
                + new FilecoinAddress(draft.sender().bytes())
                + " belongs to another message of this cluster, "
                + Cid.ofDigest(other.hash()).text()
                + ", which is committed and stands"
                + NOTHING_PUBLISHED
                + ": sign this one anew, at nonce "
                + Long.toUnsignedString(expected);
    }
}
