package io.nelumbo.publisher.chain.filecoin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a typed transaction as Ethereum does: the items of the one list behind the type's byte. */
final class RlpReader {
    private final byte[] bytes;
    private int position;

    private RlpReader(final byte[] bytes, final int position) {
        this.bytes = bytes;
        this.position = position;
    }

    static List<byte[]> items(final byte[] typed) {
        final RlpReader whole = new RlpReader(typed, 1);
        final byte[] list = whole.content(0xc0);
        whole.end();
        final RlpReader reader = new RlpReader(list, 0);
        final List<byte[]> items = new ArrayList<>();
        while (reader.position < list.length) {
            items.add(reader.item());
        }
        return items;
    }

    private byte[] item() {
        final int first = bytes[position] & 0xff;
        if (first < 0x80) {
            return new byte[] {bytes[position++]};
        }
        final byte[] content = content(first < 0xc0 ? 0x80 : 0xc0);
        if (first < 0xc0 && content.length == 1 && content[0] >= 0) {
            throw new IllegalStateException("expected a small byte to stand for itself");
        }
        return content;
    }

    private byte[] content(final int kind) {
        final int first = (bytes[position++] & 0xff) - kind;
        int length = first;
        if (first > 55) {
            length = 0;
            for (int i = first - 55; i > 0; i--) {
                length = length << 8 | (bytes[position++] & 0xff);
            }
            if (length <= 55) {
                throw new IllegalStateException("expected the short form of " + length);
            }
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    private void end() {
        if (position != bytes.length) {
            throw new IllegalStateException("expected the end");
        }
    }
}
