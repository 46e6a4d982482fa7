package io.nelumbo.publisher.api.push;

/** How many pushes go to the leader in one call: bounded in number and in bytes. */
final class PartSize {
    private static final int MAX_PUSHES = 256;
    private static final int MAX_BYTES = 1 << 20;

    private PartSize() {}

    /** Whether one more push may go along. */
    static boolean hasRoom(final int pushes, final long bytes) {
        return pushes < MAX_PUSHES && bytes < MAX_BYTES;
    }

    /** At least one. */
    static int of(final PushCall call) {
        int bytes = 0;
        int count = 0;
        for (final Push push : call.pushes()) {
            bytes += push.sizeBytes();
            if (count > 0 && (bytes > MAX_BYTES || count == MAX_PUSHES)) {
                break;
            }
            count++;
        }
        return count;
    }
}
