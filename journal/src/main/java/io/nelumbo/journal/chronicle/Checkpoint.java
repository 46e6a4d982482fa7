package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.HashChain;
import io.nelumbo.journal.JournalPosition;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the journal is durable: the position, and where its last record lies. A {@link
 * SealedText} of fixed lines.
 *
 * @param position just after the last durable record
 * @param begin where that record begins, so that a start can look at it
 */
record Checkpoint(JournalPosition position, Place begin) {

    private static final String TITLE = "nelumbo journal checkpoint 1";
    private static final int LINES = 7;

    String toText() {
        return SealedText.seal(
                TITLE,
                List.of(
                        "raftTerm " + position.raftTerm(),
                        "raftIndex " + position.raftIndex(),
                        "nextSequence " + position.nextSequence(),
                        "timestampNs " + position.timestampNs(),
                        "hash " + HexFormat.of().formatHex(position.hash()),
                        "file " + begin.fileName(),
                        "offset " + begin.position()));
    }

    /** Reads what {@link #toText} wrote; null if the text is anything else. */
    static @Nullable Checkpoint ofText(final String text) {
        final List<String> lines = SealedText.open(TITLE, text);
        if (lines == null || lines.size() != LINES) {
            return null;
        }
        try {
            final JournalPosition position =
                    new JournalPosition(
                            number(lines.get(0), "raftTerm"),
                            number(lines.get(1), "raftIndex"),
                            number(lines.get(2), "nextSequence"),
                            number(lines.get(3), "timestampNs"),
                            HexFormat.of().parseHex(SealedText.value(lines.get(4), "hash")));
            final Place begin =
                    new Place(
                            SealedText.value(lines.get(5), "file"), number(lines.get(6), "offset"));
            return position.hash().length == HashChain.HASH_BYTES
                    ? new Checkpoint(position, begin)
                    : null;
        } catch (final IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static long number(final String line, final String key) {
        return Long.parseLong(SealedText.value(line, key));
    }
}
