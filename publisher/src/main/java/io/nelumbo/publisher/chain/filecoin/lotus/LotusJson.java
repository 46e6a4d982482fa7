package io.nelumbo.publisher.chain.filecoin.lotus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Signature;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lotus's JSON: amounts are decimal strings, bytes padded base64 (null for none), CIDs objects
 * {@code {"/": text}}, other numbers unquoted. Field names are read in any case and written in
 * Lotus's; unknown fields are ignored, absent numbers are 0. What cannot be read is a {@link
 * MalformedValue} that names the field. Immutable, any thread.
 *
 * <p>Source: Lotus, {@code chain/types}; FILECOIN.md, JSON-RPC.
 */
public final class LotusJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    private static final RequestId UNSET = new RequestId(0, 0);
    private static final int MAX_BLOCKS_IN_TIPSET = 1024;
    private static final int MAX_SIGNATURE_BYTES = 96;
    private static final int MAX_PRIVATE_KEY_BYTES = 64;

    private final Supplier<Network> network;

    /**
     * @param network whose letter addresses are written with; both are read
     */
    public LotusJson(final Network network) {
        this(() -> network);
    }

    /**
     * @param network asked anew for each address: it may not be known from the beginning
     */
    public LotusJson(final Supplier<Network> network) {
        this.network = network;
    }

    public JsonNode writeAddress(final FilecoinAddress address) {
        return NODES.textNode(address.text(network.get()));
    }

    public FilecoinAddress readAddress(final String where, final JsonNode node) {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw MalformedValue.expected(
                    where, "an address as a string", node.isTextual() ? "\"\"" : kindOf(node));
        }
        return within(where, () -> FilecoinAddress.parse(node.textValue()));
    }

    public JsonNode writeCid(final Cid cid) {
        return NODES.objectNode().put("/", cid.text());
    }

    public Cid readCid(final String where, final JsonNode node) {
        final String text = JsonFields.of(where, node).text("/");
        return within(where, () -> Cid.parse(text));
    }

    /** A tipset's key; empty stands for the head. */
    public JsonNode writeTipsetKey(final List<Cid> blocks) {
        final ArrayNode key = NODES.arrayNode(blocks.size());
        blocks.forEach(block -> key.add(writeCid(block)));
        return key;
    }

    /** A tipset's key; null is read as the empty one. */
    public List<Cid> readTipsetKey(final String where, final JsonNode node) {
        if (node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MAX_BLOCKS_IN_TIPSET) {
            throw MalformedValue.expected(
                    where, "an array of at most " + MAX_BLOCKS_IN_TIPSET + " CIDs", kindOf(node));
        }
        final List<Cid> blocks = new ArrayList<>(node.size());
        for (final JsonNode block : node) {
            blocks.add(readCid(where + "[" + blocks.size() + "]", block));
        }
        return List.copyOf(blocks);
    }

    public ObjectNode writeMessage(final FilecoinMessage message) {
        final ObjectNode node = writeUnnamed(message, this::writeAddress);
        node.set("CID", writeCid(message.cid()));
        return node;
    }

    /** Without its id, which nodes do not read and which costs an encoding and a hash. */
    private static ObjectNode writeUnnamed(
            final FilecoinMessage message, final Function<FilecoinAddress, JsonNode> addresses) {
        final ObjectNode node = NODES.objectNode();
        node.put("Version", 0);
        node.set("To", addresses.apply(message.to()));
        node.set("From", addresses.apply(message.from()));
        node.set("Nonce", unsigned(message.nonce()));
        node.put("Value", message.value().toString());
        node.put("GasLimit", message.gasLimit());
        node.put("GasFeeCap", message.gasFeeCap().toString());
        node.put("GasPremium", message.gasPremium().toString());
        node.set("Method", unsigned(message.method()));
        // Lotus writes null or "", as its client had it; a typed client may take the string only.
        node.put("Params", Base64.getEncoder().encodeToString(message.params()));
        return node;
    }

    /** Reads a message; its CID, if there is one, is not looked at. */
    public FilecoinMessage readMessage(final String where, final JsonNode node) {
        final JsonFields fields = JsonFields.of(where, node);
        if (fields.unsigned("Version") != 0) {
            throw fields.wrong("Version", "0 ('Version' unsupported)");
        }
        return within(
                where,
                () ->
                        new FilecoinMessage(
                                readAddress("To", fields.node("To")),
                                readAddress("From", fields.node("From")),
                                fields.unsigned("Nonce"),
                                fields.bigInteger("Value"),
                                fields.signed("GasLimit"),
                                fields.bigInteger("GasFeeCap"),
                                fields.bigInteger("GasPremium"),
                                fields.unsigned("Method"),
                                fields.bytes("Params", SignedFilecoinMessage.MAX_BYTES)));
    }

    public MessagePrototype readPrototype(final String where, final JsonNode node) {
        final JsonFields fields = JsonFields.of(where, node);
        return new MessagePrototype(
                readMessage(fields.path("Message"), fields.node("Message")),
                fields.bool("ValidNonce"));
    }

    public ObjectNode writeSignature(final Signature signature) {
        return NODES.objectNode()
                .put("Type", signature.type().number())
                .put("Data", Base64.getEncoder().encodeToString(signature.data()));
    }

    public Signature readSignature(final String where, final JsonNode node) {
        final JsonFields fields = JsonFields.of(where, node);
        return within(
                where,
                () ->
                        new Signature(
                                SignatureType.of(fields.unsigned("Type")),
                                fields.bytes("Data", MAX_SIGNATURE_BYTES)));
    }

    public ObjectNode writeSigned(final SignedFilecoinMessage signed) {
        final ObjectNode node = NODES.objectNode();
        node.set("Message", writeMessage(signed.message()));
        node.set("Signature", writeSignature(signed.signature()));
        node.set("CID", writeCid(signed.cid()));
        return node;
    }

    /**
     * As a node is told it: without ids, because nodes make their own of what they are sent.
     *
     * @param addresses writes an address; messages of one account share at least their sender
     */
    ObjectNode writePushed(
            final SignedFilecoinMessage signed,
            final Function<FilecoinAddress, JsonNode> addresses) {
        final ObjectNode node = NODES.objectNode();
        node.set("Message", writeUnnamed(signed.message(), addresses));
        node.set("Signature", writeSignature(signed.signature()));
        return node;
    }

    public SignedFilecoinMessage readSigned(final String where, final JsonNode node) {
        final JsonFields fields = JsonFields.of(where, node);
        return new SignedFilecoinMessage(
                readMessage(fields.path("Message"), fields.node("Message")),
                readSignature(fields.path("Signature"), fields.node("Signature")));
    }

    public ObjectNode writeSpec(final PushSpec spec) {
        final RequestId requestId = spec.requestId() == null ? UNSET : spec.requestId();
        return NODES.objectNode()
                .put("MaxFee", spec.maxFee().toString())
                .put("MsgUuid", requestId.toString())
                .put("MaximizeFeeCap", spec.maximizeFeeCap());
    }

    /** Reads a spec; null is legal, and a {@code MsgUuid} of all zeros is how Go says none. */
    public PushSpec readSpec(final String where, final JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return PushSpec.NONE;
        }
        final JsonFields fields = JsonFields.of(where, node);
        return new PushSpec(
                fields.bigInteger("MaxFee"), requestId(fields), fields.bool("MaximizeFeeCap"));
    }

    /** Bytes as padded standard base64, of any length; a null is none, as Go writes it. */
    public static byte[] readBytes(final String where, final JsonNode node) {
        if (node.isNull()) {
            return new byte[0];
        }
        if (!node.isTextual()) {
            throw MalformedValue.expected(where, "base64", kindOf(node));
        }
        try {
            return Base64.getDecoder().decode(node.textValue());
        } catch (final IllegalArgumentException notBase64) {
            throw MalformedValue.expected(where, "base64", "another text");
        }
    }

    /** A secret in the clear, as {@code KeyInfo} has it. */
    public static ObjectNode writeKey(final ExportedKey key) {
        return NODES.objectNode()
                .put("Type", key.type().keyName())
                .put("PrivateKey", Base64.getEncoder().encodeToString(key.privateKey()));
    }

    public static ExportedKey readKey(final String where, final JsonNode node) {
        final JsonFields fields = JsonFields.of(where, node);
        final String type = fields.text("Type");
        if (!fields.node("PrivateKey").isTextual()) {
            // The generic complaint would show the value.
            throw MalformedValue.expected(
                    fields.path("PrivateKey"), "base64", kindOf(fields.node("PrivateKey")));
        }
        return within(
                where,
                () ->
                        new ExportedKey(
                                SignatureType.ofKeyName(type),
                                fields.bytes("PrivateKey", MAX_PRIVATE_KEY_BYTES)));
    }

    private static @Nullable RequestId requestId(final JsonFields fields) {
        if (!fields.has("MsgUuid")) {
            return null;
        }
        final String text = fields.text("MsgUuid");
        if (!UUID_TEXT.matcher(text).matches()) {
            throw fields.wrong("MsgUuid", "a UUID");
        }
        final RequestId requestId = RequestId.of(UUID.fromString(text));
        return requestId.equals(UNSET) ? null : requestId;
    }

    private static JsonNode unsigned(final long value) {
        return value >= 0
                ? NODES.numberNode(value)
                : NODES.numberNode(new BigInteger(Long.toUnsignedString(value)));
    }

    private static String kindOf(final JsonNode node) {
        return JsonFields.kindOf(node);
    }

    private static <T> T within(final String where, final Supplier<T> reading) {
        try {
            return reading.get();
        } catch (final MalformedValue malformed) {
            throw malformed.within(where);
        }
    }
}
