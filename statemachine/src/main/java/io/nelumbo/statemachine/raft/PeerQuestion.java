package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What one replica asks another, addressed to it alone and whoever leads. First byte says which
 * question; numbers are big-endian.
 */
sealed interface PeerQuestion {

    byte RECORDS_AFTER = 1;
    byte HAS_SEEN = 2;
    byte WHICH_LAST_ENTRY = 3;

    byte[] encode();

    /** Reads a question; throws IllegalArgumentException if the bytes are none. */
    static PeerQuestion decode(final byte[] bytes) {
        if (bytes.length == 1 + Long.BYTES + Integer.BYTES && bytes[0] == RECORDS_AFTER) {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new RecordsAfter(buffer.getLong(1), buffer.getInt(1 + Long.BYTES));
        }
        if (bytes.length > 1 && bytes[0] == HAS_SEEN) {
            return new HasSeen(new String(bytes, 1, bytes.length - 1, UTF_8));
        }
        if (bytes.length == 1 && bytes[0] == WHICH_LAST_ENTRY) {
            return new WhichLastEntry();
        }
        throw new IllegalArgumentException(
                "expected a peer's question but were " + bytes.length + " bytes");
    }

    /** Journal records after a Raft index: answered by {@link RecordBundle}. */
    record RecordsAfter(long raftIndex, int maxBytes) implements PeerQuestion {
        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES)
                    .put(RECORDS_AFTER)
                    .putLong(raftIndex)
                    .putInt(maxBytes)
                    .array();
        }
    }

    /** The last entry of its Raft log: answered by {@link LastEntry}. */
    record WhichLastEntry() implements PeerQuestion {
        @Override
        public byte[] encode() {
            return new byte[] {WHICH_LAST_ENTRY};
        }
    }

    /** Whether a member was ever known to hold committed entries: answered by one byte, 0 or 1. */
    record HasSeen(String peerId) implements PeerQuestion {
        @Override
        public byte[] encode() {
            final byte[] id = peerId.getBytes(UTF_8);
            return ByteBuffer.allocate(1 + id.length).put(HAS_SEEN).put(id).array();
        }
    }
}
