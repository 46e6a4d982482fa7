package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * Takes a large file to the disk in pieces while it is written. Owned by the thread that writes.
 *
 * <p>All members take their snapshots at the same Raft index. Were one forced whole at its end, the
 * Raft logs on the same disks would wait for all of it, on all members at once.
 */
final class PacedOutput extends OutputStream {

    /** A millisecond of writing, or a few where several members share a disk. */
    private static final int PIECE_BYTES = 1 << 20;

    private final FileChannel channel;
    private final OutputStream out;
    private int unforcedBytes;

    PacedOutput(final FileChannel channel) {
        this.channel = channel;
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
        }
    }
}
