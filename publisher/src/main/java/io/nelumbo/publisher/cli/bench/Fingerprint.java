package io.nelumbo.publisher.cli.bench;

import java.nio.ByteBuffer;

/**
 * The first eight bytes of a digest, never 0: two that differ have the same with a probability of
 * one in 2^64. Stateless.
 */
final class Fingerprint {

    private Fingerprint() {}

    /** Of eight bytes or more. */
    static long of(final byte[] digest) {
        final long first = ByteBuffer.wrap(digest).getLong();
        return first == 0 ? 1 : first;
    }
}
