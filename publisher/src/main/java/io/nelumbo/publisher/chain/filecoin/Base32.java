package io.nelumbo.publisher.chain.filecoin;

import java.util.Arrays;

/**
 * Base32 of RFC 4648 in lower case without padding, and strict: each byte string has exactly one
 * text.
 */
public final class Base32 {
    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final byte[] VALUES = values();
    private static final int BITS_PER_CHAR = 5;

    private Base32() {}

    static String encode(final byte[] bytes) {
        final StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / BITS_PER_CHAR);
        int pending = 0;
        int pendingBits = 0;
        for (final byte b : bytes) {
            pending = (pending << 8) | (b & 0xff);
            pendingBits += 8;
            while (pendingBits >= BITS_PER_CHAR) {
                pendingBits -= BITS_PER_CHAR;
                text.append(ALPHABET[(pending >>> pendingBits) & 31]);
            }
        }
        if (pendingBits > 0) {
            text.append(ALPHABET[(pending << (BITS_PER_CHAR - pendingBits)) & 31]);
        }
        return text.toString();
    }

    /** Decodes; {@code where} names the value in the complaint about a wrong one. */
    public static byte[] decode(final String where, final String text) {
        final byte[] bytes = new byte[text.length() * BITS_PER_CHAR / 8];
        int pending = 0;
        int pendingBits = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                throw MalformedValue.expected(where, "base32 in lower case", text);
            }
            pending = (pending << BITS_PER_CHAR) | value;
            pendingBits += BITS_PER_CHAR;
            if (pendingBits >= 8) {
                pendingBits -= 8;
                bytes[length++] = (byte) (pending >>> pendingBits);
            }
        }
        // A whole surplus character, or bits that no encoder would set: a second text for the same
        // bytes, which would let one account appear under two names.
        if (pendingBits >= BITS_PER_CHAR || (pending & ((1 << pendingBits) - 1)) != 0) {
            throw MalformedValue.expected(where, "base32 without trailing bits", text);
        }
        return bytes;
    }

    private static byte[] values() {
        final byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }
}
