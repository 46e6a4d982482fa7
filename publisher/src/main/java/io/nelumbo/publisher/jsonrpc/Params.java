package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The positional parameters of a call. Each accessor throws {@link JsonRpcError} (-32602) that
 * names the position and what was expected there.
 */
public final class Params {
    private final List<JsonNode> values;

    private Params(final List<JsonNode> values) {
        this.values = values;
    }

    /** The parameters as a request carries them: an array, null, or nothing. */
    static Params of(final JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return new Params(List.of());
        }
        if (!node.isArray()) {
            throw JsonRpcError.invalidParams(
                    "expected params to be an array but was " + kindOf(node));
        }
        final List<JsonNode> values = new ArrayList<>(node.size());
        node.forEach(values::add);
        return new Params(values);
    }

    /** Parameters from values; for tests and for methods that call methods. */
    public static Params of(final JsonNode... values) {
        return new Params(List.of(values));
    }

    public int size() {
        return values.size();
    }

    /** Refuses fewer or more parameters than the method takes. */
    public Params expect(final int min, final int max) {
        if (size() < min || size() > max) {
            throw JsonRpcError.invalidParams(
                    "expected "
                            + (min == max ? min : min + " to " + max)
                            + " params but was "
                            + size());
        }
        return this;
    }

    /** A parameter of any type; {@code NullNode} for a null and for one that was left out. */
    public JsonNode at(final int position) {
        return position < size() ? values.get(position) : JsonNodeFactory.instance.nullNode();
    }

    /** A text. */
    public String text(final int position) {
        final JsonNode node = at(position);
        if (!node.isTextual()) {
            throw unexpected(position, "a string", node);
        }
        return node.textValue();
    }

    /** A whole number that fits a signed 64-bit integer. */
    public long integer(final int position) {
        final JsonNode node = at(position);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw unexpected(position, "a 64-bit integer", node);
        }
        return node.longValue();
    }

    public boolean bool(final int position) {
        final JsonNode node = at(position);
        if (!node.isBoolean()) {
            throw unexpected(position, "a boolean", node);
        }
        return node.booleanValue();
    }

    /** An object. */
    public JsonNode object(final int position) {
        final JsonNode node = at(position);
        if (!node.isObject()) {
            throw unexpected(position, "an object", node);
        }
        return node;
    }

    /** An array; a null counts as an empty one, as Go writes it. */
    public JsonNode array(final int position) {
        final JsonNode node = at(position);
        if (node.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!node.isArray()) {
            throw unexpected(position, "an array", node);
        }
        return node;
    }

    private static JsonRpcError unexpected(
            final int position, final String expected, final JsonNode node) {
        return JsonRpcError.invalidParams(
                "expected params[" + position + "] to be " + expected + " but was " + kindOf(node));
    }

    /** Names the kind, never the content: a wrong parameter may be a secret. */
    private static String kindOf(final JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING -> "null";
            case NUMBER -> "a number out of range or with a fraction";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BINARY, POJO -> "not JSON";
        };
    }
}
