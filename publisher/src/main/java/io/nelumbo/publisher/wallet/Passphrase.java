package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a keystore is locked with. A secret: its text hides it, and closing overwrites it. Any
 * thread until it is closed.
 */
public final class Passphrase implements AutoCloseable {
    private static final String WHERE = "passphrase";
    private static final int MAX_BYTES = 1024;

    private final byte[] utf8;

    private Passphrase(final byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The passphrase in characters (copied); throws {@link MalformedValue} for none. */
    public static Passphrase of(final char[] characters) {
        final ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        final byte[] bytes = new byte[encoded.remaining()];
        encoded.duplicate().get(bytes);
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        try {
            return ofBytes(bytes, bytes.length);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The passphrase in a file's content (copied), without the end of its line. */
    public static Passphrase ofFile(final byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
            if (length > 0 && content[length - 1] == '\r') {
                length--;
            }
        }
        return ofBytes(content, length);
    }

    /** Whether both are the same. */
    public boolean matches(final Passphrase other) {
        return Arrays.equals(utf8, other.utf8);
    }

    /** Overwrites it. */
    @Override
    public void close() {
        Arrays.fill(utf8, (byte) 0);
    }

    @Override
    public String toString() {
        return "Passphrase[hidden]";
    }

    /** Not to be written into, nor kept. */
    byte[] utf8() {
        return utf8;
    }

    private static Passphrase ofBytes(final byte[] bytes, final int length) {
        if (length == 0 || length > MAX_BYTES) {
            throw MalformedValue.expected(WHERE, "1 to " + MAX_BYTES + " bytes", length + " bytes");
        }
        return new Passphrase(Arrays.copyOf(bytes, length));
    }
}
