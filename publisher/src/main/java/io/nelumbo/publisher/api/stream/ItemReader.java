package io.nelumbo.publisher.api.stream;

import com.google.protobuf.ByteString;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.api.Permission;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.stream.v1.Item;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of one caller, as {@code publisher.proto} has them: what breaks its rules, or is
 * not allowed to the caller, is refused here. The CBOR is not looked into. Immutable; any thread.
 */
final class ItemReader {
    private static final int REQUEST_ID_BYTES = 16;

    /** As many digits as any amount that is read from a client. */
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,310}");

    private static final String NOTHING_PUBLISHED = "; nothing was published";

    private static final long RETRY_AFTER_MS = 50;
    private static final StreamOutcome.Refused NO_ROOM = noRoom("nothing was published; try again");
    private static final StreamOutcome.Refused NO_ROOM_AGAIN =
            noRoom(
                    "this attempt published nothing; an earlier one under this request id may have:"
                            + " try again, under the same");

    private final boolean maySign;
    private final boolean mayWrite;

    ItemReader(final Caller caller) {
        maySign = caller.permissions().contains(Permission.SIGN.text());
        mayWrite = caller.permissions().contains(Permission.WRITE.text());
    }

    /** Whether there is anything that the caller may publish. */
    boolean mayPublish() {
        return maySign || mayWrite;
    }

    /** The item; call {@link #objection} first. */
    StreamItem read(final Item item, final boolean returnSigned) {
        return new StreamItem(
                item.getNumber(), returnSigned, requestId(item.getRequestId()), body(item));
    }

    /** Why an item is refused, or null. */
    StreamOutcome.@Nullable Refused objection(final Item item) {
        final int idBytes = item.getRequestId().size();
        return switch (item.getBodyCase()) {
            case BODY_NOT_SET ->
                    malformed("expected a message or a signed_message but was neither");
            case MESSAGE -> {
                if (!maySign) {
                    yield notPermitted(Permission.SIGN, "message");
                }
                if (idBytes != 0 && idBytes != REQUEST_ID_BYTES) {
                    yield malformed(
                            "expected a request_id of "
                                    + REQUEST_ID_BYTES
                                    + " bytes, or none, but was "
                                    + idBytes);
                }
                yield isAmount(item.getMaxFee())
                        ? null
                        : malformed("expected max_fee in decimal attoFIL, or empty");
            }
            case SIGNED_MESSAGE -> {
                if (!mayWrite) {
                    yield notPermitted(Permission.WRITE, "signed_message");
                }
                yield idBytes == 0
                        ? null
                        : malformed(
                                "expected no request_id with a signed_message, whose id follows"
                                        + " from its bytes, but was one of "
                                        + idBytes
                                        + " bytes");
            }
        };
    }

    /**
     * What is said of an item that is too much for the node now. One that its client can name may
     * be in flight from a stream that broke, and count among what fills the room.
     */
    static StreamOutcome.Refused noRoom(final Item item) {
        return item.getRequestId().isEmpty() && item.getBodyCase() != Item.BodyCase.SIGNED_MESSAGE
                ? NO_ROOM
                : NO_ROOM_AGAIN;
    }

    private static StreamOutcome.Refused noRoom(final String state) {
        return new StreamOutcome.Refused(
                Refusal.Code.OVERLOADED,
                "overloaded: messages of all streams of this node full; "
                        + state
                        + " after "
                        + RETRY_AFTER_MS
                        + " ms",
                RETRY_AFTER_MS,
                null);
    }

    static StreamOutcome.Refused malformed(final String what) {
        return StreamOutcome.Refused.of(Refusal.Code.MALFORMED, what + NOTHING_PUBLISHED);
    }

    private static StreamOutcome.Refused notPermitted(
            final Permission permission, final String field) {
        return StreamOutcome.Refused.of(
                Refusal.Code.NOT_PERMITTED,
                "missing permission to publish a "
                        + field
                        + " (need '"
                        + permission.text()
                        + "')"
                        + NOTHING_PUBLISHED);
    }

    private static boolean isAmount(final String text) {
        return text.isEmpty() || AMOUNT.matcher(text).matches();
    }

    private static @Nullable RequestId requestId(final ByteString bytes) {
        if (bytes.isEmpty()) {
            return null;
        }
        final ByteBuffer id = bytes.asReadOnlyByteBuffer();
        return new RequestId(id.getLong(), id.getLong());
    }

    private static StreamItem.Body body(final Item item) {
        return item.getBodyCase() == Item.BodyCase.SIGNED_MESSAGE
                ? new StreamItem.Signed(item.getSignedMessage().toByteArray())
                : new StreamItem.Unsigned(
                        item.getMessage().toByteArray(),
                        item.getMaxFee().isEmpty()
                                ? BigInteger.ZERO
                                : new BigInteger(item.getMaxFee()),
                        item.getMaximizeFeeCap());
    }
}
