package io.nelumbo.statemachine.raft;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Takes bytes as long as somebody wants them. Owned by the thread that writes. */
final class WantedOutput extends FilterOutputStream {

    private final BooleanSupplier abandoned;

    WantedOutput(final OutputStream out, final BooleanSupplier abandoned) {
        super(out);
        this.abandoned = abandoned;
    }

    @Override
    public void write(final int single) throws IOException {
        requireWanted();
        out.write(single);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        requireWanted();
        out.write(bytes, offset, length);
    }

    /** Comes before the file is forced: that may take longer than all writes together. */
    @Override
    public void flush() throws IOException {
        requireWanted();
        out.flush();
    }

    private void requireWanted() {
        if (abandoned.getAsBoolean()) {
            throw new SnapshotAbandoned();
        }
    }
}
