package io.nelumbo.publisher.publish;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A signed message of a chain that exists in tests only: account, nonce and a text. */
public record TestMessage(int account, long nonce, String text) {

    public byte[] bytes() {
        final byte[] words = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return ByteBuffer.allocate(12 + words.length)
                .putInt(account)
                .putLong(nonce)
                .put(words)
                .array();
    }

    public byte[] hash() {
        return hashOf(bytes());
    }

    static TestMessage of(final byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        final int account = buffer.getInt();
        final long nonce = buffer.getLong();
        return new TestMessage(
                account,
                nonce,
                new String(bytes, 12, bytes.length - 12, java.nio.charset.StandardCharsets.UTF_8));
    }

    static byte[] hashOf(final byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The address of a test account: its number. */
    static byte[] address(final int account) {
        return ByteBuffer.allocate(4).putInt(account).array();
    }

    static int accountOf(final byte[] address) {
        return ByteBuffer.wrap(address).getInt();
    }
}
