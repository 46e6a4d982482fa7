package io.nelumbo.publisher.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A private key as {@code lotus wallet export} prints it: the hex of a {@code KeyInfo} in JSON. A
 * secret in the clear. Complaints never show any of it.
 */
public final class KeyText {
    private static final String WHERE = "exported key";
    private static final int MAX_CHARS = 4096;

    private KeyText() {}

    /** The hex that Lotus imports. */
    public static String hex(final ExportedKey key) {
        return HexFormat.of().formatHex(json(key));
    }

    /**
     * Reads hex as Lotus exports it, or the JSON inside, with space around it; throws {@link
     * MalformedValue} for anything else.
     */
    public static ExportedKey parse(final String text) {
        final String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_CHARS) {
            throw MalformedValue.expected(
                    WHERE, "1 to " + MAX_CHARS + " characters", stripped.length() + " characters");
        }
        return stripped.startsWith("{")
                ? fromJson(stripped.getBytes(StandardCharsets.UTF_8))
                : fromJson(fromHex(stripped));
    }

    static byte[] json(final ExportedKey key) {
        return StrictJson.REQUESTS.write(LotusJson.writeKey(key));
    }

    static ExportedKey fromJson(final byte[] utf8) {
        final JsonNode node;
        try {
            node = StrictJson.REQUESTS.read(utf8);
        } catch (final MalformedJson hidden) {
            // Its message may quote what it stumbled over.
            throw new MalformedValue(WHERE + ": expected KeyInfo as JSON");
        }
        return LotusJson.readKey("KeyInfo", node);
    }

    private static byte[] fromHex(final String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (final IllegalArgumentException hidden) {
            throw new MalformedValue(WHERE + ": expected hex of KeyInfo, or its JSON");
        }
    }
}
