package io.nelumbo.publisher.client.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.PublishBatch;
import io.nelumbo.publisher.stream.v1.PublisherGrpc;
import io.nelumbo.publisher.stream.v1.Receipt;
import io.nelumbo.publisher.stream.v1.Receipts;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One stream, from its first batch to its end. Any thread sends, one at a time; replies come on the
 * channel's event loop.
 */
final class ClientStream extends ClientCall.Listener<Receipts> {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int UUID_BYTES = 16;

    private final ClientCall<PublishBatch, Receipts> call;
    private final SentMessages sent;
    private final boolean returnSigned;

    /** Held while a batch is numbered and given to the call, so that numbers go out in order. */
    private final Object sending = new Object();

    /** Set on the event loop, before the call knows. */
    private volatile boolean cancelled;

    private ClientStream(
            final ClientCall<PublishBatch, Receipts> call, final StreamOptions options) {
        this.call = call;
        this.sent = new SentMessages(options.window());
        this.returnSigned = options.returnSigned();
    }

    static ClientStream open(
            final Channel channel, final String token, final StreamOptions options) {
        final ClientStream stream =
                new ClientStream(
                        channel.newCall(PublisherGrpc.getPublishMethod(), CallOptions.DEFAULT),
                        options);
        final Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        stream.call.start(stream, headers);
        // The window bounds what can come; there is no need to ask for it piece by piece.
        stream.call.request(Integer.MAX_VALUE);
        return stream;
    }

    /** False, and nothing is sent, while the window is full, or after the end. */
    boolean trySend(final List<StreamMessage> messages, final StreamReplies replies) {
        synchronized (sending) {
            final SentBatch batch = sent.add(messages, replies);
            if (batch == null) {
                return false;
            }
            try {
                call.sendMessage(wire(batch));
            } catch (final IllegalStateException refused) {
                if (!cancelled) {
                    throw refused;
                }
                // The end of the stream is on its way, and replies to these, too.
            }
            return true;
        }
    }

    void awaitRoom(final int messages) throws InterruptedException {
        sent.awaitRoom(messages);
    }

    /** How the stream ended, or null while it has not. */
    @Nullable String end() {
        return sent.ended();
    }

    @Override
    public void onMessage(final Receipts answers) {
        final int receipts = answers.getReceiptsCount();
        final long[] numbers = new long[receipts + answers.getRefusalsCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    i < receipts
                            ? answers.getReceipts(i).getNumber()
                            : answers.getRefusals(i - receipts).getNumber();
        }
        final @Nullable SentBatch[] batches = new SentBatch[numbers.length];
        sent.remove(numbers, batches);
        final Deliveries deliveries = new Deliveries();
        for (int i = 0; i < numbers.length; i++) {
            final SentBatch batch = batches[i];
            final long number = numbers[i];
            if (batch == null) {
                cancelled = true;
                call.cancel("answered twice, or never sent: number " + number, null);
            } else {
                final StreamReply reply =
                        i < receipts
                                ? read(answers.getReceipts(i))
                                : read(answers.getRefusals(i - receipts));
                deliveries.hand(() -> batch.reply(number, reply));
            }
        }
        deliveries.end();
    }

    @Override
    public void onClose(final Status status, final Metadata trailers) {
        final String why =
                "the stream ended, "
                        + status.getCode()
                        + (status.getDescription() == null ? "" : ": " + status.getDescription());
        final Deliveries deliveries = new Deliveries();
        sent.end(why)
                .forEachLong((number, batch) -> deliveries.hand(() -> batch.lost(number, why)));
        deliveries.end();
    }

    private PublishBatch wire(final SentBatch batch) {
        final PublishBatch.Builder wire = PublishBatch.newBuilder().setReturnSigned(returnSigned);
        long number = batch.firstNumber();
        for (final StreamMessage message : batch.messages()) {
            wire.addItems(item(number++, message));
        }
        return wire.build();
    }

    private static Item item(final long number, final StreamMessage message) {
        final ByteString cbor = UnsafeByteOperations.unsafeWrap(message.cbor());
        final UUID id = message.requestId();
        final Item.Builder item = Item.newBuilder().setNumber(number);
        return id == null
                ? item.setSignedMessage(cbor).build()
                : item.setRequestId(bytes(id)).setMessage(cbor).build();
    }

    private static ByteString bytes(final UUID id) {
        return UnsafeByteOperations.unsafeWrap(
                ByteBuffer.allocate(UUID_BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    private static StreamReply read(final Receipt receipt) {
        return new StreamReply.Published(
                receipt.getNonce(),
                receipt.getSequence(),
                receipt.getEpoch(),
                receipt.getCid().toByteArray(),
                receipt.getSignedMessage().toByteArray());
    }

    private static StreamReply read(final Refusal refusal) {
        return new StreamReply.Refused(
                refusal.getCode(), refusal.getText(), refusal.getRetryAfterMs());
    }
}
