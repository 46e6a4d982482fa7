package io.nelumbo.publisher.migration;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import io.nelumbo.publisher.migration.RepoFile.BadFile;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a file of Lotus's keystore holds: {@code {"Type":…,"PrivateKey":base64}}. A secret: its text
 * hides it. Immutable as long as nobody writes into the array.
 */
record KeyInfo(String type, byte[] privateKey) {
    /** Of the keys that Lotus makes an RSA key of 4096 bits is the longest, with 2,400 bytes. */
    private static final int MAX_BASE64_CHARS = 8192;

    private static final String FIX = "restore it from a backup of the repo";

    /** Throws {@link BadFile}, which shows nothing of the secret. */
    static KeyInfo parse(final byte[] json) throws BadFile {
        final JsonNode node;
        try {
            node = StrictJson.REQUESTS.read(json);
        } catch (final MalformedJson hidden) {
            // Its message may quote what it stumbled over.
            throw new BadFile("is no KeyInfo: expected JSON", FIX);
        }
        final JsonNode type = node.path("Type");
        final JsonNode secret = node.path("PrivateKey");
        if (!type.isTextual()
                || !secret.isTextual()
                || secret.textValue().length() > MAX_BASE64_CHARS) {
            throw new BadFile("is no KeyInfo: expected Type and PrivateKey as texts", FIX);
        }
        try {
            return new KeyInfo(type.textValue(), Base64.getDecoder().decode(secret.textValue()));
        } catch (final IllegalArgumentException hidden) {
            throw new BadFile("is no KeyInfo: expected PrivateKey in base64", FIX);
        }
    }

    void wipe() {
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyInfo[" + type.length() + " characters of type, hidden]";
    }
}
