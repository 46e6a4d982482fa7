package io.nelumbo.statemachine.raft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Journal records on their way between peers: each as a big-endian length, then its bytes. */
final class RecordBundle {

    private RecordBundle() {}

    static byte[] encode(final List<byte[]> records) {
        final int bytes = records.stream().mapToInt(record -> Integer.BYTES + record.length).sum();
        final ByteBuffer bundle = ByteBuffer.allocate(bytes);
        records.forEach(record -> bundle.putInt(record.length).put(record));
        return bundle.array();
    }

    /** Reads a bundle; throws IllegalArgumentException if the bytes are none. */
    static List<byte[]> decode(final byte[] bytes) {
        final ByteBuffer bundle = ByteBuffer.wrap(bytes);
        final List<byte[]> records = new ArrayList<>();
        while (bundle.hasRemaining()) {
            final int length = bundle.remaining() < Integer.BYTES ? -1 : bundle.getInt();
            if (length < 0 || length > bundle.remaining()) {
                throw new IllegalArgumentException(
                        "expected whole records but record "
                                + records.size()
                                + " has length "
                                + length
                                + " before the last "
                                + bundle.remaining()
                                + " bytes");
            }
            final byte[] record = new byte[length];
            bundle.get(record);
            records.add(record);
        }
        return records;
    }
}
