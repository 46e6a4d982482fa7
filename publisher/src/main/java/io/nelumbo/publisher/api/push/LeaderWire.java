package io.nelumbo.publisher.api.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import io.nelumbo.publisher.pipeline.Receipt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

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
        final ArrayNode pushes = node.putArray("pushes");
        for (final Push push : call.pushes()) {
            pushes.add(encode(push));
        }
        return StrictJson.REQUESTS.write(node);
    }

    static PushCall decodeCall(final byte[] bytes) throws MalformedJson {
        final JsonNode node = versioned(bytes);
        final List<Push> pushes = new ArrayList<>();
        for (final JsonNode push : node.path("pushes")) {
            pushes.add(decodePush(push));
        }
        return new PushCall(bytes(node.path("principal")), pushes);
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

    private static Push decodePush(final JsonNode node) throws MalformedJson {
        final String kind = node.path("is").asText();
        return switch (kind) {
            case "message" -> decodeMessage(node);
            case "signed" ->
                    SignedPush.of(SignedFilecoinMessage.decode(bytes(node.path("signed"))));
            default -> throw new MalformedJson("expected a known push but was '" + kind + "'");
        };
    }

    private static MessagePush decodeMessage(final JsonNode node) {
        final RequestId id = RequestId.of(UUID.fromString(node.path("id").asText()));
        return new MessagePush(
                id,
                FilecoinMessage.decode(bytes(node.path("message"))),
                new PushSpec(
                        new BigInteger(node.path("maxFee").asText()),
                        node.path("idGiven").asBoolean() ? id : null,
                        node.path("maximizeFeeCap").asBoolean()));
    }

    static byte[] encode(final List<PushAnswer> answers) {
        final ObjectNode node = NODES.objectNode().put("v", VERSION);
        final ArrayNode array = node.putArray("answers");
        answers.forEach(answer -> array.add(encode(answer)));
        return StrictJson.REQUESTS.write(node);
    }

    static List<PushAnswer> decodeAnswers(final byte[] bytes) throws MalformedJson {
        final List<PushAnswer> answers = new ArrayList<>();
        for (final JsonNode answer : versioned(bytes).path("answers")) {
            answers.add(decodeAnswer(answer));
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
            return node.put("is", "refused").put("text", refused.text());
        }
        if (answer instanceof PushAnswer.Unknown unknown) {
            return node.put("is", "unknown").put("text", unknown.why());
        }
        if (answer instanceof PushAnswer.NotLeading) {
            return node.put("is", "notLeading");
        }
        throw new IllegalStateException("expected an answer of a leader but was " + answer);
    }

    private static PushAnswer decodeAnswer(final JsonNode node) throws MalformedJson {
        final String kind = node.path("is").asText();
        return switch (kind) {
            case "accepted" ->
                    new PushAnswer.Accepted(
                            new Receipt(
                                    node.path("account").intValue(),
                                    node.path("nonce").longValue(),
                                    node.path("sequence").longValue(),
                                    node.path("epoch").longValue(),
                                    bytes(node.path("hash")),
                                    bytes(node.path("signed"))));
            case "refused" -> new PushAnswer.Refused(node.path("text").asText());
            case "unknown" -> new PushAnswer.Unknown(node.path("text").asText());
            case "notLeading" -> new PushAnswer.NotLeading();
            default -> throw new MalformedJson("expected a known answer but was '" + kind + "'");
        };
    }

    private static JsonNode versioned(final byte[] bytes) throws MalformedJson {
        final JsonNode node = StrictJson.REQUESTS.read(bytes);
        if (node.path("v").asInt() != VERSION) {
            throw new MalformedJson(
                    "expected version " + VERSION + " between nodes but was " + node.path("v"));
        }
        return node;
    }

    private static String base64(final byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(final JsonNode node) {
        return Base64.getDecoder().decode(node.asText());
    }
}
