package io.nelumbo.publisher.api.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.publisher.trace.TraceParent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * How a follower's pushes travel to the leader, and the answers back: JSON with a version, bytes in
 * base64, the message as canonical CBOR so that its request hash is the same on both sides. Both
 * ends are nodes of one cluster; a version that is not known is refused, never guessed at.
 */
final class LeaderWire {
    private static final int VERSION = 2;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LeaderWire() {}

    static byte[] encode(final PushCall call) {
        final ObjectNode node = NODES.objectNode().put("v", VERSION);
        node.put("principal", base64(call.principal()));
        if (call.each()) {
            node.put("each", true);
        }
        if (call.trace() != null) {
            node.put("trace", call.trace().text());
        }
        final ArrayNode pushes = node.putArray("pushes");
        for (final Push push : call.pushes()) {
            pushes.add(encode(push));
        }
        return StrictJson.REQUESTS.write(node);
    }

    static PushCall decodeCall(final byte[] bytes) throws MalformedJson {
        final WireFields call = versioned(bytes);
        final List<Push> pushes = new ArrayList<>();
        for (final JsonNode push : call.array("pushes")) {
            pushes.add(decodePush(new WireFields(push)));
        }
        return new PushCall(
                call.bytes("principal"),
                pushes,
                TraceParent.parse(call.textOrNull("trace")),
                call.isTrue("each"));
    }

    private static ObjectNode encode(final Push push) {
        final ObjectNode node = NODES.objectNode();
        if (push instanceof MessagePush own) {
            return node.put("is", "message")
                    .put("id", own.requestId().toString())
                    .put("message", base64(own.message().encode()))
                    .put("maxFee", own.spec().maxFee().toString())
                    .put("idGiven", own.spec().requestId() != null)
                    .put("maximizeFeeCap", own.spec().maximizeFeeCap());
        }
        return node.put("is", "signed").put("signed", base64(((SignedPush) push).bytes()));
    }

    private static Push decodePush(final WireFields push) throws MalformedJson {
        final String kind = push.text("is");
        try {
            return switch (kind) {
                case "message" -> decodeMessage(push);
                case "signed" -> SignedPush.of(SignedFilecoinMessage.decode(push.bytes("signed")));
                default -> throw new MalformedJson("expected a known push between nodes");
            };
        } catch (final MalformedValue malformed) {
            throw new MalformedJson(String.valueOf(malformed.getMessage()));
        }
    }

    private static MessagePush decodeMessage(final WireFields push) throws MalformedJson {
        final RequestId id = push.requestId("id");
        return new MessagePush(
                id,
                FilecoinMessage.decode(push.bytes("message")),
                new PushSpec(
                        push.amount("maxFee"),
                        push.bool("idGiven") ? id : null,
                        push.bool("maximizeFeeCap")));
    }

    static byte[] encode(final List<PushAnswer> answers) {
        final ObjectNode node = NODES.objectNode().put("v", VERSION);
        final ArrayNode array = node.putArray("answers");
        answers.forEach(answer -> array.add(encode(answer)));
        return StrictJson.REQUESTS.write(node);
    }

    static List<PushAnswer> decodeAnswers(final byte[] bytes) throws MalformedJson {
        final List<PushAnswer> answers = new ArrayList<>();
        for (final JsonNode answer : versioned(bytes).array("answers")) {
            answers.add(decodeAnswer(new WireFields(answer)));
        }
        return answers;
    }

    private static ObjectNode encode(final PushAnswer answer) {
        final ObjectNode node = NODES.objectNode();
        if (answer instanceof PushAnswer.Accepted accepted) {
            final Receipt receipt = accepted.receipt();
            return node.put("is", "accepted")
                    .put("account", receipt.accountId())
                    .put("nonce", receipt.nonce())
                    .put("sequence", receipt.sequence())
                    .put("epoch", receipt.epoch())
                    .put("hash", base64(receipt.hash()))
                    .put("signed", base64(receipt.signedBytes()));
        }
        if (answer instanceof PushAnswer.Refused refused) {
            node.put("is", "refused").put("text", refused.text());
            if (refused.kind() != RefusalKind.REFUSED) {
                node.put("kind", refused.kind().name());
            }
            return refused.retryAfterMs() == 0
                    ? node
                    : node.put("retryAfterMs", refused.retryAfterMs());
        }
        if (answer instanceof PushAnswer.Unknown unknown) {
            return node.put("is", "unknown").put("text", unknown.why());
        }
        if (answer instanceof PushAnswer.NotLeading) {
            return node.put("is", "notLeading");
        }
        throw new IllegalStateException("expected an answer of a leader but was " + answer);
    }

    private static PushAnswer decodeAnswer(final WireFields answer) throws MalformedJson {
        final String kind = answer.text("is");
        return switch (kind) {
            case "accepted" ->
                    new PushAnswer.Accepted(
                            new Receipt(
                                    answer.ordinal("account"),
                                    answer.number("nonce"),
                                    answer.number("sequence"),
                                    answer.number("epoch"),
                                    answer.bytes("hash"),
                                    answer.bytes("signed")));
            case "refused" -> decodeRefused(answer);
            case "unknown" -> new PushAnswer.Unknown(answer.text("text"));
            case "notLeading" -> new PushAnswer.NotLeading();
            default -> throw new MalformedJson("expected a known answer between nodes");
        };
    }

    private static PushAnswer decodeRefused(final WireFields answer) throws MalformedJson {
        final String kind = answer.textOrNull("kind");
        final String text = answer.text("text");
        final long retryAfterMs = answer.numberOr("retryAfterMs", 0);
        for (final RefusalKind known : RefusalKind.values()) {
            if (known.name().equals(kind)) {
                return new PushAnswer.Refused(known, text, retryAfterMs);
            }
        }
        if (kind != null) {
            throw new MalformedJson("expected a known kind of refusal between nodes");
        }
        return new PushAnswer.Refused(RefusalKind.REFUSED, text, retryAfterMs);
    }

    private static WireFields versioned(final byte[] bytes) throws MalformedJson {
        final WireFields whole = new WireFields(StrictJson.REQUESTS.read(bytes));
        final long version = whole.number("v");
        if (version != VERSION) {
            throw new MalformedJson(
                    "expected version " + VERSION + " between nodes but was " + version);
        }
        return whole;
    }

    private static String base64(final byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
