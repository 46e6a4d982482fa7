package io.nelumbo.publisher.api.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.stream.v1.Receipt;
import io.nelumbo.publisher.stream.v1.Receipts;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.nio.ByteBuffer;

/**
 * Writes answers as {@code publisher.proto} has them. Stateless; bytes are wrapped, not copied,
 * because nobody changes them.
 */
final class AnswerWriter {
    private static final int REQUEST_ID_BYTES = 16;

    private AnswerWriter() {}

    static void write(
            final Receipts.Builder to, final StreamItem item, final StreamOutcome outcome) {
        if (outcome instanceof StreamOutcome.Published published) {
            to.addReceipts(receipt(item, published.receipt()));
        } else {
            to.addRefusals(refusal(item, (StreamOutcome.Refused) outcome));
        }
    }

    private static Receipt receipt(
            final StreamItem item, final io.nelumbo.publisher.pipeline.Receipt receipt) {
        final Receipt.Builder built =
                Receipt.newBuilder()
                        .setNumber(item.number())
                        .setNonce(receipt.nonce())
                        .setSequence(receipt.sequence())
                        .setEpoch(receipt.epoch())
                        .setCid(
                                UnsafeByteOperations.unsafeWrap(
                                        Cid.ofDigest(receipt.hash()).bytes()));
        if (item.returnSigned()) {
            built.setSignedMessage(UnsafeByteOperations.unsafeWrap(receipt.signedBytes()));
        }
        return built.build();
    }

    private static Refusal refusal(final StreamItem item, final StreamOutcome.Refused refused) {
        final Refusal.Builder built =
                Refusal.newBuilder()
                        .setNumber(item.number())
                        .setCode(refused.code())
                        .setText(refused.text())
                        .setRetryAfterMs(refused.retryAfterMs());
        final RequestId id = refused.requestId();
        if (id != null) {
            built.setRequestId(bytes(id));
        }
        return built.build();
    }

    private static ByteString bytes(final RequestId id) {
        return UnsafeByteOperations.unsafeWrap(
                ByteBuffer.allocate(REQUEST_ID_BYTES).putLong(id.high()).putLong(id.low()).array());
    }
}
