package io.nelumbo.publisher.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Draft;
import java.util.Arrays;

/** Requests and events for tests. */
final class Requests {

    private Requests() {}

    static PublishRequest request(final long id, final int account, final String text) {
        return request(id, account, text, TestDraft.of(account, text));
    }

    static PublishRequest request(
            final long id, final int account, final String text, final Draft draft) {
        return new PublishRequest(
                new RequestId(7, id),
                TestDraft.sha256(text.getBytes(UTF_8)),
                new byte[8],
                account,
                draft);
    }

    static Event open(final int account, final long firstNonce) {
        return new Event.AccountOpened(
                -1, ChainKind.FILECOIN, TestDraft.address(account).bytes(), firstNonce);
    }

    /** What the client of a committed message must be told. */
    static Receipt receipt(
            final Event.MessageSequenced message, final long sequence, final long epoch) {
        return new Receipt(
                message.accountId(),
                message.nonce(),
                sequence,
                epoch,
                message.hash(),
                message.signedBytes());
    }

    /** Whether two receipts are one; a former receipt may leave out the epoch. */
    static boolean same(final Receipt one, final Receipt other) {
        return one.accountId() == other.accountId()
                && one.nonce() == other.nonce()
                && one.sequence() == other.sequence()
                && (one.epoch() == other.epoch() || one.epoch() == 0 || other.epoch() == 0)
                && Arrays.equals(one.hash(), other.hash())
                && Arrays.equals(one.signedBytes(), other.signedBytes());
    }
}
