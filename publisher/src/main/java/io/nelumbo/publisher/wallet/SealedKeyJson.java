package io.nelumbo.publisher.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import java.util.HexFormat;
import java.util.UUID;

/**
 * An encrypted key as JSON. Reads hostile files: every length and cost is bounded before anything
 * is derived.
 *
 * <p>Source: Web3 Secure Storage Definition, version 3; {@code address} and {@code type} are
 * Filecoin's.
 */
final class SealedKeyJson {
    private static final String WHERE = "encrypted key";
    private static final HexFormat HEX = HexFormat.of();
    private static final int VERSION = 3;
    private static final int DERIVED_BYTES = 32;
    private static final int MAX_SALT_BYTES = 64;
    private static final String CIPHER = "aes-128-ctr";
    private static final String KDF = "scrypt";

    private SealedKeyJson() {}

    static boolean isSealed(final JsonNode file) {
        return file.has("crypto");
    }

    static ObjectNode write(final SealedKey key) {
        final ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("version", VERSION)
                .put("id", UUID.randomUUID().toString())
                .put("address", key.address().toString())
                .put("type", key.type().keyName());
        final ObjectNode crypto =
                file.putObject("crypto")
                        .put("cipher", CIPHER)
                        .put("ciphertext", HEX.formatHex(key.ciphertext()));
        crypto.putObject("cipherparams").put("iv", HEX.formatHex(key.iv()));
        crypto.put("kdf", KDF);
        crypto.putObject("kdfparams")
                .put("dklen", DERIVED_BYTES)
                .put("n", key.derivation().cost().n())
                .put("r", key.derivation().cost().r())
                .put("p", key.derivation().cost().p())
                .put("salt", HEX.formatHex(key.derivation().salt()));
        crypto.put("mac", HEX.formatHex(key.mac()));
        return file;
    }

    /** Throws {@link MalformedValue} for anything that {@link #write} could not have written. */
    static SealedKey read(final JsonNode file) {
        final JsonNode crypto = file.path("crypto");
        final JsonNode costs = crypto.path("kdfparams");
        expect(file, "version", String.valueOf(VERSION));
        expect(crypto, "cipher", CIPHER);
        expect(crypto, "kdf", KDF);
        expect(costs, "dklen", String.valueOf(DERIVED_BYTES));
        final ScryptCost cost =
                new ScryptCost(number(costs, "n"), number(costs, "r"), number(costs, "p"));
        return new SealedKey(
                FilecoinAddress.parse(text(file, "address")),
                SignatureType.ofKeyName(text(file, "type")),
                new KeyDerivation(cost, bytes(costs, "salt", 1, MAX_SALT_BYTES)),
                bytes(crypto.path("cipherparams"), "iv", SealingKey.IV_BYTES, SealingKey.IV_BYTES),
                bytes(
                        crypto,
                        "ciphertext",
                        FilecoinKey.PRIVATE_KEY_BYTES,
                        FilecoinKey.PRIVATE_KEY_BYTES),
                bytes(crypto, "mac", SealingKey.MAC_BYTES, SealingKey.MAC_BYTES));
    }

    private static void expect(final JsonNode node, final String field, final String value) {
        if (!node.path(field).asText().equals(value)) {
            throw MalformedValue.expected(WHERE, field + " " + value, node.path(field));
        }
    }

    private static String text(final JsonNode node, final String field) {
        if (!node.path(field).isTextual()) {
            throw MalformedValue.expected(WHERE, field + " as a string", node.path(field));
        }
        return node.path(field).textValue();
    }

    private static int number(final JsonNode node, final String field) {
        if (!node.path(field).isIntegralNumber() || !node.path(field).canConvertToInt()) {
            throw MalformedValue.expected(WHERE, field + " as an int", node.path(field));
        }
        return node.path(field).intValue();
    }

    private static byte[] bytes(
            final JsonNode node, final String field, final int minBytes, final int maxBytes) {
        final String hex = text(node, field);
        if (hex.length() < 2 * minBytes || hex.length() > 2 * maxBytes) {
            throw MalformedValue.expected(
                    WHERE,
                    field + " of " + minBytes + " to " + maxBytes + " bytes in hex",
                    hex.length() + " characters");
        }
        try {
            return HEX.parseHex(hex);
        } catch (final IllegalArgumentException noHex) {
            throw MalformedValue.expected(WHERE, field + " in hex", hex);
        }
    }
}
