package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.HashChain;
import io.nelumbo.journal.JournalPosition;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far the journal is durable: the position, and where its last record lies. A text of fixed
 * lines, for people too, ended by the CRC32C of what stands before.
 *
 * @param position just after the last durable record
 * @param begin where that record begins, so that a start can look at it
 */
record Checkpoint(JournalPosition position, Place begin) {

    private static final String TITLE = "nelumbo journal checkpoint 1";
    private static final String CRC = "crc32c ";
    private static final int LINES = 9;

    String toText() {
        final String body =
                String.join(
                        "\n",
                        TITLE,
                        "raftTerm " + position.raftTerm(),
                        "raftIndex " + position.raftIndex(),
                        "nextSequence " + position.nextSequence(),
                        "timestampNs " + position.timestampNs(),
                        "hash " + HexFormat.of().formatHex(position.hash()),
                        "file " + begin.fileName(),
                        "offset " + begin.position(),
                        "");
        return body + CRC + Long.toHexString(crcOf(body)) + "\n";
    }

    /** Reads what {@link #toText} wrote; null if the text is anything else. */
    static @Nullable Checkpoint ofText(final String text) {
        final String[] lines = text.split("\n", -1);
        final int crcAt = text.lastIndexOf(CRC);
        if (lines.length != LINES + 1 || !lines[0].equals(TITLE) || crcAt < 0) {
            return null;
        }
        final String crc = CRC + Long.toHexString(crcOf(text.substring(0, crcAt)));
        if (!lines[LINES - 1].equals(crc)) {
            return null;
        }
        try {
            final JournalPosition position =
                    new JournalPosition(
                            Long.parseLong(value(lines[1], "raftTerm")),
                            Long.parseLong(value(lines[2], "raftIndex")),
                            Long.parseLong(value(lines[3], "nextSequence")),
                            Long.parseLong(value(lines[4], "timestampNs")),
                            HexFormat.of().parseHex(value(lines[5], "hash")));
            final Place begin =
                    new Place(value(lines[6], "file"), Long.parseLong(value(lines[7], "offset")));
            return position.hash().length == HashChain.HASH_BYTES
                    ? new Checkpoint(position, begin)
                    : null;
        } catch (final IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static String value(final String line, final String key) {
        if (!line.startsWith(key + " ")) {
            throw new IllegalArgumentException("expected " + key + " but was " + line);
        }
        return line.substring(key.length() + 1);
    }

    private static long crcOf(final String body) {
        final CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
