package io.nelumbo.publisher.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.LedgerLimits;
import java.util.List;
import java.util.Optional;

/**
 * What must be right in an offered event, whatever the state. Checked on the caller's thread:
 * behind it, one malformed event could end everybody's epoch. Stateless.
 */
record CommandCheck(int maxBatchBytes) {

    /** Why the event can never be committed; nothing if it may be. */
    Optional<String> objection(final Event event) {
        try {
            checkFields(event);
            // Encoding is the schema's own check. Commands are rare: they may cost garbage.
            final EventBatch alone = new EventBatch(0, 0, 0, List.of(numbered(event, 0)));
            expectBytes("batch", 1, BatchEncoder.encode(alone).length, maxBatchBytes);
            return Optional.empty();
        } catch (final IllegalArgumentException malformed) {
            return Optional.of(String.valueOf(malformed.getMessage()));
        }
    }

    /** An account gets its number when its turn comes, whatever it was offered with. */
    static Event numbered(final Event event, final int accountId) {
        return event instanceof Event.AccountOpened opened
                ? new Event.AccountOpened(
                        accountId, opened.chain(), opened.address(), opened.firstNonce())
                : event;
    }

    private static void checkFields(final Event event) {
        if (event instanceof Event.AccountOpened opened) {
            expectBytes("address", 1, opened.address().length, LedgerLimits.MAX_ADDRESS_BYTES);
        } else if (event instanceof Event.MessageReplaced replaced) {
            expectSigned(replaced.signedBytes());
            expectText(replaced.reason());
        } else if (event instanceof Event.NonceFilled filled) {
            expectSigned(filled.signedBytes());
            expectText(filled.reason());
        } else if (event instanceof Event.LaneHalted halted) {
            expectText(halted.reason());
        } else if (event instanceof Event.LaneResumed resumed) {
            expectText(resumed.reason());
        }
    }

    private static void expectSigned(final byte[] signedBytes) {
        expectBytes("signed message", 1, signedBytes.length, LedgerLimits.MAX_SIGNED_BYTES);
    }

    private static void expectText(final String reason) {
        expectBytes("reason", 0, reason.getBytes(UTF_8).length, LedgerLimits.MAX_TEXT_BYTES);
    }

    private static void expectBytes(
            final String field, final int lowest, final int bytes, final int highest) {
        if (bytes < lowest || bytes > highest) {
            throw new IllegalArgumentException(
                    "expected %d to %d bytes of %s but was %d"
                            .formatted(lowest, highest, field, bytes));
        }
    }
}
