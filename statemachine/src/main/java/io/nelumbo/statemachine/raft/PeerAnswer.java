package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes between replicas: a first byte says whether it is the answer or the reason why
 * there is none. Failures travel as text, so that no exception has to be deserialised.
 */
final class PeerAnswer {

    private static final byte ANSWERED = 0;
    private static final byte FAILED = 1;
    private static final String NO_REASON = "no reason given";

    private PeerAnswer() {}

    static Message answered(final byte[] answer) {
        return message(ANSWERED, answer);
    }

    static Message failed(final Throwable cause) {
        final @Nullable String reason = cause.getMessage();
        return message(FAILED, (reason == null ? NO_REASON : reason).getBytes(UTF_8));
    }

    /** The answer in a reply; throws {@link LeaderCallFailed} if it says that there is none. */
    static byte[] read(final @Nullable Message reply) {
        final ByteString content = reply == null ? ByteString.EMPTY : reply.getContent();
        if (content.isEmpty()) {
            throw new LeaderCallFailed("expected an answer but it was empty");
        }
        final ByteString body = content.substring(1);
        if (content.byteAt(0) != ANSWERED) {
            throw new LeaderCallFailed(body.toStringUtf8());
        }
        return body.toByteArray();
    }

    private static Message message(final byte kind, final byte[] body) {
        final byte[] bytes = new byte[1 + body.length];
        bytes[0] = kind;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return Message.valueOf(ByteString.copyFrom(bytes));
    }
}
