package io.nelumbo.journal.chronicle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A text of lines under a title, for people too, ended by the CRC32C of what stands before. The
 * title names the format and its version. Stateless.
 */
final class SealedText {

    private static final String CRC = "crc32c ";

    private SealedText() {}

    static String seal(final String title, final List<String> lines) {
        final String body =
                lines.isEmpty() ? title + "\n" : title + "\n" + String.join("\n", lines) + "\n";
        return body + crcLineOf(body) + "\n";
    }

    /** The lines of a text that {@link #seal} wrote; null if the text is anything else. */
    static @Nullable List<String> open(final String title, final String text) {
        final int crcAt = text.lastIndexOf(CRC);
        if (crcAt < 0 || !text.startsWith(title + "\n")) {
            return null;
        }
        final String body = text.substring(0, crcAt);
        if (!text.substring(crcAt).equals(crcLineOf(body) + "\n")) {
            return null;
        }
        final String[] lines = body.split("\n", -1);
        return Arrays.asList(lines).subList(1, lines.length - 1);
    }

    /** What stands behind the key in a line. */
    static String value(final String line, final String key) {
        if (!line.startsWith(key + " ")) {
            throw new IllegalArgumentException("expected " + key + " but was " + line);
        }
        return line.substring(key.length() + 1);
    }

    private static String crcLineOf(final String body) {
        final CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return CRC + Long.toHexString(crc.getValue());
    }
}
