package io.nelumbo.publisher.chain.filecoin.lotus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of one JSON object, found whatever the case of their names, as Go finds them. A field
 * that is null counts as absent. Complaints name object and field. Owned by the thread that made
 * it.
 */
final class JsonFields {
    private final String where;
    private final Map<String, JsonNode> fields = new HashMap<>();

    private JsonFields(final String where) {
        this.where = where;
    }

    static JsonFields of(final String where, final JsonNode node) {
        if (!node.isObject()) {
            throw MalformedValue.expected(where, "an object", kindOf(node));
        }
        final JsonFields object = new JsonFields(where);
        for (final Map.Entry<String, JsonNode> field : node.properties()) {
            final String name = field.getKey().toLowerCase(Locale.ROOT);
            if (object.fields.put(name, field.getValue()) != null) {
                throw MalformedValue.expected(
                        where, "each field once", '"' + field.getKey() + "\" again");
            }
        }
        return object;
    }

    String path(final String name) {
        return where + "." + name;
    }

    /** The field's value; a missing or null node when it is absent. */
    JsonNode node(final String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), MissingNode.getInstance());
    }

    boolean has(final String name) {
        final JsonNode node = node(name);
        return !node.isNull() && !node.isMissingNode();
    }

    String text(final String name) {
        final JsonNode node = node(name);
        if (!node.isTextual()) {
            throw wrong(name, "a string");
        }
        return node.textValue();
    }

    /** An unquoted number from 0 to 2^64-1; 0 when absent. */
    long unsigned(final String name) {
        return has(name) ? unsigned(path(name), node(name)) : 0;
    }

    /** A number from 0 to 2^63-1 that must be there. */
    long height(final String name) {
        final long height = has(name) ? signed(name) : -1;
        if (height < 0) {
            throw wrong(name, "a height");
        }
        return height;
    }

    /** An unquoted signed 64-bit number; 0 when absent. */
    long signed(final String name) {
        if (!has(name)) {
            return 0;
        }
        final JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong(name, "an unquoted 64-bit integer");
        }
        return node.longValue();
    }

    boolean bool(final String name) {
        if (!has(name)) {
            return false;
        }
        if (!node(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return node(name).booleanValue();
    }

    /** A whole number as a decimal string; 0 when absent. */
    BigInteger bigInteger(final String name) {
        return has(name) ? bigInteger(path(name), node(name)) : BigInteger.ZERO;
    }

    /** Bytes as padded standard base64; none when absent. */
    byte[] bytes(final String name, final int maxBytes) {
        if (!has(name)) {
            return new byte[0];
        }
        final String text = text(name);
        final long maxChars = (maxBytes + 2L) / 3 * 4;
        if (text.length() > maxChars) {
            throw MalformedValue.expected(
                    path(name),
                    "at most " + maxBytes + " bytes",
                    text.length() + " characters of base64: message too big");
        }
        try {
            if (text.length() % 4 == 0) {
                return Base64.getDecoder().decode(text);
            }
        } catch (final IllegalArgumentException notBase64) {
            throw MalformedValue.expected(
                    path(name), "base64", String.valueOf(notBase64.getMessage()));
        }
        throw MalformedValue.expected(path(name), "padded base64", text.length() + " characters");
    }

    static long unsigned(final String path, final JsonNode node) {
        if (!node.isIntegralNumber()
                || node.bigIntegerValue().signum() < 0
                || node.bigIntegerValue().bitLength() > Long.SIZE) {
            throw MalformedValue.expected(
                    path, "an unquoted integer from 0 to 2^64-1", shown(node));
        }
        return node.bigIntegerValue().longValue();
    }

    static BigInteger bigInteger(final String path, final JsonNode node) {
        if (!node.isTextual() || !isDecimal(node.textValue())) {
            throw MalformedValue.expected(path, "a whole number as a decimal string", shown(node));
        }
        return new BigInteger(node.textValue());
    }

    static String kindOf(final JsonNode node) {
        return node.isMissingNode() ? "absent" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    MalformedValue wrong(final String name, final String expected) {
        return MalformedValue.expected(path(name), expected, shown(node(name)));
    }

    private static String shown(final JsonNode node) {
        return node.isValueNode() ? node.toString() : kindOf(node);
    }

    /** Few enough digits that converting them stays cheap: 127 bytes have 306. */
    private static boolean isDecimal(final String text) {
        final int digitsFrom = text.startsWith("-") ? 1 : 0;
        final int digits = text.length() - digitsFrom;
        return digits > 0
                && digits <= 310
                && text.chars().skip(digitsFrom).allMatch(c -> c >= '0' && c <= '9');
    }
}
