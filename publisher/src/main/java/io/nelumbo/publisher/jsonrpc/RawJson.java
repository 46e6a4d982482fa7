package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.Objects;

/**
 * One JSON value as the bytes that came: how numbers are written, white space, the order of keys
 * and repeated keys are what they were. Immutable, as long as nobody changes the bytes; any thread.
 * Keeps alive the whole array that it is a part of.
 */
public final class RawJson {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    RawJson(final byte[] bytes, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /**
     * A value from bytes that are known to be one.
     *
     * @param utf8 one JSON value; not changed by anyone from now on
     */
    public static RawJson of(final byte[] utf8) {
        return new RawJson(utf8, 0, utf8.length);
    }

    /** A value of our own, without white space. */
    public static RawJson of(final JsonNode value) {
        return of(StrictJson.REQUESTS.write(value));
    }

    public int length() {
        return length;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        final byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        return copy;
    }

    void writeTo(final ByteArrayOutputStream out) {
        out.write(bytes, offset, length);
    }

    /** The text, for tests and small values. */
    @Override
    public String toString() {
        return new String(bytes, offset, length, UTF_8);
    }
}
