package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.sbe.BatchHeaderEncoder;
import io.nelumbo.journal.sbe.MessageHeaderEncoder;
import io.nelumbo.journal.sbe.MessageSequencedEncoder;
import io.nelumbo.journal.sbe.NonceConfirmedEncoder;
import io.nelumbo.journal.sbe.RequestIdsExpiredEncoder;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A batch that is encoded once and then only moved on: its sequence, time, nonces, request ids and
 * releases are patched in place. So a benchmark of a later stage can have any number of different
 * batches, and pays neither for encoding them nor for memory that no cache holds; what a node's
 * applying thread gets from Raft has just been copied, and is as warm. Owned by one thread; no
 * garbage.
 *
 * <p>Message {@code m} of the whole run has the nonce {@code m / accounts} of its account. Accounts
 * come in turn, but not in the order of their numbers: neighbours would come with each other into
 * the cache, and nobody's customers do. The messages are followed by what keeps a ledger at its
 * size, where that is asked for: the confirmation of each account up to and with this batch, and
 * the expiry of request ids.
 */
public final class PreparedBatch {

    /** Messages in each. */
    public static final int MESSAGES = 256;

    static final int SIGNED_BYTES = 256;

    private static final int MAX_BATCH_BYTES = 1 << 20;
    private static final int EVENT_HEAD_BYTES = Integer.BYTES + MessageHeaderEncoder.ENCODED_LENGTH;

    /** Spreads the request ids as random ones are. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A prime: stepping by it visits each account once before any again, and jumps about. */
    private static final long ACCOUNT_STEP = 179_424_673;

    private final int accounts;
    private final boolean expires;
    private final UnsafeBuffer buffer;
    private final int[] messageAt = new int[MESSAGES];
    private final int[] confirmationAt;
    private int expiryAt;
    private final BatchHeaderEncoder header = new BatchHeaderEncoder();
    private final MessageSequencedEncoder message = new MessageSequencedEncoder();
    private final NonceConfirmedEncoder confirmation = new NonceConfirmedEncoder();
    private final RequestIdsExpiredEncoder expiry = new RequestIdsExpiredEncoder();
    private final BatchDecoder decoder = new BatchDecoder();

    /**
     * @param accounts number of accounts; with confirmations it divides {@value #MESSAGES}
     * @param confirms whether each batch confirms all accounts
     * @param expires whether each batch expires request ids
     */
    PreparedBatch(final int accounts, final boolean confirms, final boolean expires) {
        this.accounts = accounts;
        this.expires = expires;
        confirmationAt = new int[confirms ? accounts : 0];
        final BatchEncoder encoder = new BatchEncoder(MAX_BATCH_BYTES);
        encoder.begin(1, 0, 1);
        appendMessages(encoder);
        appendReleases(encoder);
        final byte[] bytes = new byte[encoder.length()];
        encoder.buffer().getBytes(0, bytes);
        buffer = new UnsafeBuffer(bytes);
    }

    private void appendMessages(final BatchEncoder encoder) {
        final Random random = new Random(1);
        final byte[] hash = new byte[32];
        final byte[] prefix = new byte[8];
        final byte[] signedBytes = new byte[SIGNED_BYTES];
        for (int n = 0; n < MESSAGES; n++) {
            random.nextBytes(hash);
            random.nextBytes(signedBytes);
            messageAt[n] = encoder.length() + EVENT_HEAD_BYTES;
            encoder.appendMessageSequenced(0, 0, 0, 0, hash, prefix, prefix, signedBytes, hash);
        }
    }

    private void appendReleases(final BatchEncoder encoder) {
        for (int accountId = 0; accountId < confirmationAt.length; accountId++) {
            confirmationAt[accountId] = encoder.length() + EVENT_HEAD_BYTES;
            encoder.append(new Event.NonceConfirmed(accountId, 0, 1));
        }
        if (expires) {
            expiryAt = encoder.length() + EVENT_HEAD_BYTES;
            encoder.append(new Event.RequestIdsExpired(1));
        }
    }

    /** Events in it. */
    int events() {
        return MESSAGES + confirmationAt.length + (expires ? 1 : 0);
    }

    /**
     * Makes it the batch that begins with this message of the run.
     *
     * @param expiredBefore below this sequence request ids expire
     */
    void moveTo(
            final long firstMessage,
            final long firstSequence,
            final long timestampNs,
            final long expiredBefore) {
        header.wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                .firstSequence(firstSequence)
                .timestampNs(timestampNs);
        for (int n = 0; n < MESSAGES; n++) {
            final long number = firstMessage + n;
            message.wrap(buffer, messageAt[n])
                    .accountId(number * ACCOUNT_STEP % accounts)
                    .nonce(number / accounts)
                    .requestIdHigh(number * SPREAD)
                    .requestIdLow(number);
        }
        for (final int at : confirmationAt) {
            confirmation.wrap(buffer, at).upToNonce((firstMessage + MESSAGES) / accounts);
        }
        if (expires) {
            expiry.wrap(buffer, expiryAt).beforeSequence(expiredBefore);
        }
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return buffer.capacity();
    }

    /** Checked, as a batch that arrives. */
    BatchDecoder checked() {
        return decoder.wrap(buffer, 0, buffer.capacity());
    }
}
