package io.nelumbo.journal.codec;

import io.nelumbo.journal.sbe.VarBytesEncoder;

/**
 * Refuses what the schema has no room for; the generated encoders would pad or wrap it silently.
 */
final class FieldCheck {

    static final int HASH_BYTES = 32;
    static final int DIGEST_PREFIX_BYTES = 8;

    private FieldCheck() {}

    static int accountId(final int accountId) {
        return notNegative(accountId, "an account id");
    }

    static int version(final int version) {
        return notNegative(version, "a cluster version");
    }

    static byte[] hash(final byte[] hash) {
        return exactly(hash, HASH_BYTES);
    }

    static byte[] digestPrefix(final byte[] prefix) {
        return exactly(prefix, DIGEST_PREFIX_BYTES);
    }

    static byte[] variable(final byte[] bytes) {
        if (bytes.length > VarBytesEncoder.lengthMaxValue()) {
            throw new IllegalArgumentException(
                    "expected at most "
                            + VarBytesEncoder.lengthMaxValue()
                            + " bytes but was "
                            + bytes.length);
        }
        return bytes;
    }

    private static int notNegative(final int value, final String what) {
        if (value < 0) {
            throw new IllegalArgumentException("expected " + what + " from 0 but was " + value);
        }
        return value;
    }

    private static byte[] exactly(final byte[] bytes, final int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(
                    "expected " + length + " bytes but was " + bytes.length);
        }
        return bytes;
    }
}
