package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * Takes a large file to the disk in pieces while it is written, and rests after each. Owned by the
 * thread that writes.
 *
 * <p>Were it forced whole at its end, the Raft log on the same disk would wait for all of it; were
 * it written without rests, each force of the Raft log would wait for a piece, and each message for
 * a core.
 */
final class PacedOutput extends OutputStream {

    /** How to let others have the disk and the core. */
    @FunctionalInterface
    interface Rest {
        /** No rest at all, for a file that somebody waits for. */
        Rest NONE = pauseNs -> {};

        /** Waits so long, or shorter if there is a hurry. */
        void rest(long pauseNs);
    }

    /** A millisecond of writing, or a few where several members share a disk. */
    static final int PIECE_BYTES = 1 << 20;

    /** What is written takes a quarter of the time. */
    private static final int RESTS_PER_WORK = 3;

    private static final long LONGEST_REST_NS = 50_000_000;

    private final FileChannel channel;
    private final OutputStream out;
    private final Rest rest;
    private int unforcedBytes;
    private long begunNs = System.nanoTime();

    PacedOutput(final FileChannel channel, final Rest rest) {
        this.channel = channel;
        this.rest = rest;
        out = Channels.newOutputStream(channel);
    }

    @Override
    public void write(final int single) throws IOException {
        out.write(single);
        wrote(1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        out.write(bytes, offset, length);
        wrote(length);
    }

    /** That the whole file is on the disk is for its owner to see to. */
    private void wrote(final int length) throws IOException {
        unforcedBytes += length;
        if (unforcedBytes >= PIECE_BYTES) {
            unforcedBytes = 0;
            channel.force(false);
            final long workedNs = System.nanoTime() - begunNs;
            rest.rest(Math.min(LONGEST_REST_NS, RESTS_PER_WORK * workedNs));
            begunNs = System.nanoTime();
        }
    }
}
