package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.bytes.BytesUtil;
import net.openhft.chronicle.wire.Wires;
import org.jspecify.annotations.Nullable;

/**
 * Reads the excerpts of one Chronicle file with plain reads. Owned by one thread.
 *
 * <p>Chronicle's own tailer follows indices and lengths in mapped memory and believes them: on a
 * damaged file it waits, skips, or faults. An auditor must not: this reader knows only the frame (a
 * 4-byte header with length and flags before each excerpt, aligned to 4), checks each length
 * against the file, writes nothing, and takes no lock. Meta-data excerpts are Chronicle's own.
 */
final class CycleFileReader implements AutoCloseable {

    /** What stands at the reader's position. */
    enum Step {
        EXCERPT,
        /** Nothing stands here yet, or nothing that its writer finished. */
        END,
        /** Chronicle's mark that this file is complete. */
        END_OF_CYCLE,
        FAULT
    }

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WINDOW_BYTES = 256 * 1024;

    static {
        QuietChronicle.apply();
    }

    /** Who reads on and on gets a window in which hardly a record is read twice. */
    private static final int LARGE_WINDOW_BYTES = 1024 * 1024;

    private static final byte[] ZEROS = new byte[64 * 1024];
    private static final int LOADS_TO_LARGE_WINDOW = 4;
    private static final int MAX_EXCERPT_BYTES = 256 * 1024 * 1024;

    private final RandomAccessFile file;
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowStart;
    private int windowLength;
    private int loads;
    private long position;
    private long stoppedAt;
    private int excerptOffset;
    private int excerptLength;
    private @Nullable Fault fault;

    CycleFileReader(final Path path, final long position) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        this.position = position;
    }

    /** Reads the next excerpt; only an excerpt moves the position. */
    Step next() throws IOException {
        stoppedAt = aligned(position);
        while (load(stoppedAt, Wires.SPB_HEADER_SIZE)) {
            final int header = (int) INT.get(window, (int) (stoppedAt - windowStart));
            if (Wires.isNotComplete(header)) {
                // What was read ahead may be written by the time that we are asked again.
                windowLength = 0;
                return Wires.isEndOfFile(header) ? Step.END_OF_CYCLE : Step.END;
            }
            final int length = Wires.lengthOf(header);
            final long body = stoppedAt + Wires.SPB_HEADER_SIZE;
            final long room = Math.min(file.length() - body, MAX_EXCERPT_BYTES);
            if (length > room) {
                fault = new Fault("an excerpt of at most " + room + " bytes", length + "");
                return Step.FAULT;
            }
            if (!Wires.isReadyMetaData(header)) {
                return excerpt(body, length);
            }
            stoppedAt = aligned(body + length);
        }
        return Step.END;
    }

    private Step excerpt(final long body, final int length) throws IOException {
        if (!load(body, length)) {
            throw new EOFException("the file became shorter while it was read");
        }
        excerptOffset = (int) (body - windowStart);
        excerptLength = length;
        position = body + length;
        return Step.EXCERPT;
    }

    private static long aligned(final long position) {
        return position + BytesUtil.padOffset(position);
    }

    /** Behind the last excerpt that was read; reading may begin here again. */
    long position() {
        return position;
    }

    /** Where the last step found no excerpt: behind position, and behind Chronicle's meta-data. */
    long stoppedAt() {
        return stoppedAt;
    }

    /** Goes back, or anywhere, and forgets what was read ahead: the file may have grown. */
    void moveTo(final long position) {
        this.position = position;
        windowLength = 0;
    }

    /** The last excerpt stands in here … */
    byte[] excerptArray() {
        return window;
    }

    /** … from here … */
    int excerptOffset() {
        return excerptOffset;
    }

    /** … this long, until the next call of next. */
    int excerptLength() {
        return excerptLength;
    }

    boolean excerptEquals(final byte[] expected, final int length) {
        return Arrays.equals(
                window, excerptOffset, excerptOffset + excerptLength, expected, 0, length);
    }

    /** Where the last excerpt's header is. */
    long excerptAt() {
        return position - excerptLength - Wires.SPB_HEADER_SIZE;
    }

    /** What is wrong, after FAULT. */
    @Nullable Fault fault() {
        return fault;
    }

    /** Whether the file opens with a complete meta-data excerpt, as every Chronicle file does. */
    boolean hasFileHeader() throws IOException {
        return Wires.isReadyMetaData(intAt(0));
    }

    /** Position of the last byte from a position on that is not zero, or -1. */
    long lastResidue(final long from) throws IOException {
        long last = -1;
        long at = from;
        windowLength = 0;
        while (load(at, 1)) {
            final int residue = lastResidueInWindow();
            last = residue < 0 ? last : at + residue;
            at += windowLength;
            windowLength = 0;
        }
        return last;
    }

    /** Nearly always there is none, in up to a block of Chronicle's: many zeros, seen at once. */
    private int lastResidueInWindow() {
        int end = windowLength;
        while (end > 0) {
            final int from = Math.max(0, end - ZEROS.length);
            if (!Arrays.equals(window, from, end, ZEROS, 0, end - from)) {
                break;
            }
            end = from;
        }
        while (end > 0 && window[end - 1] == 0) {
            end--;
        }
        return end - 1;
    }

    /** Reads a number where no excerpt was found; 0 behind the end of the file. */
    int intAt(final long at) throws IOException {
        return load(at, Integer.BYTES) ? (int) INT.get(window, (int) (at - windowStart)) : 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Makes the bytes available in the window; false if the file ends before. */
    private boolean load(final long at, final int length) throws IOException {
        if (at >= windowStart && at + length <= windowStart + windowLength) {
            return true;
        }
        loads++;
        if (length > window.length) {
            window = new byte[length];
        } else if (loads == LOADS_TO_LARGE_WINDOW && window.length < LARGE_WINDOW_BYTES) {
            window = new byte[LARGE_WINDOW_BYTES];
        }
        file.seek(at);
        windowStart = at;
        windowLength = 0;
        while (windowLength < window.length) {
            final int read = file.read(window, windowLength, window.length - windowLength);
            if (read < 0) {
                break;
            }
            windowLength += read;
        }
        return windowLength >= length;
    }
}
