package io.nelumbo.publisher.api.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import java.math.BigInteger;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object between nodes, each of whose fields is there and of its kind: a field that is taken
 * for 0 because it is missing would be a nonce that nobody gave. Owned by the reading thread.
 */
final class WireFields {
    /** Any amount that is read from a client. */
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,310}");

    private final JsonNode object;

    WireFields(final JsonNode object) throws MalformedJson {
        if (!object.isObject()) {
            throw new MalformedJson("expected an object between nodes");
        }
        this.object = object;
    }

    /** An array that is there. */
    JsonNode array(final String name) throws MalformedJson {
        final JsonNode field = object.path(name);
        if (!field.isArray()) {
            throw wrong(name, "an array");
        }
        return field;
    }

    String text(final String name) throws MalformedJson {
        final JsonNode field = object.path(name);
        if (!field.isTextual()) {
            throw wrong(name, "a string");
        }
        return field.textValue();
    }

    /** A text that need not be there. */
    @Nullable String textOrNull(final String name) throws MalformedJson {
        return object.has(name) ? text(name) : null;
    }

    boolean bool(final String name) throws MalformedJson {
        final JsonNode field = object.path(name);
        if (!field.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return field.booleanValue();
    }

    /** Whether it is there, and true. */
    boolean isTrue(final String name) throws MalformedJson {
        return object.has(name) && bool(name);
    }

    /** A number that need not be there. */
    long numberOr(final String name, final long missing) throws MalformedJson {
        return object.has(name) ? number(name) : missing;
    }

    long number(final String name) throws MalformedJson {
        final JsonNode field = object.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw wrong(name, "a 64-bit integer");
        }
        return field.longValue();
    }

    /** A number from 0 to 2^31-1. */
    int ordinal(final String name) throws MalformedJson {
        final long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw wrong(name, "an ordinal");
        }
        return (int) number;
    }

    /** A whole number in decimal, of at most 310 digits. */
    BigInteger amount(final String name) throws MalformedJson {
        final String text = text(name);
        if (!AMOUNT.matcher(text).matches()) {
            throw wrong(name, "a whole number");
        }
        return new BigInteger(text);
    }

    byte[] bytes(final String name) throws MalformedJson {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (final IllegalArgumentException notBase64) {
            throw wrong(name, "base64");
        }
    }

    RequestId requestId(final String name) throws MalformedJson {
        final String text = text(name);
        try {
            final RequestId id = RequestId.of(UUID.fromString(text));
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (final IllegalArgumentException notAnId) {
            throw wrong(name, "a UUID");
        }
        throw wrong(name, "a UUID");
    }

    private static MalformedJson wrong(final String name, final String expected) {
        return new MalformedJson("expected " + name + " as " + expected + " between nodes");
    }
}
