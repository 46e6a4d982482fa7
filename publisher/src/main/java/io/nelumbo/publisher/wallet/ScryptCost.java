package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.MalformedValue;

/**
 * How dear it is to try a passphrase: scrypt fills {@code 128·n·r} bytes of memory, {@code p}
 * times. Each key file says what it was made with, so the bounds here are those of what a file may
 * ask of us.
 *
 * <p>Source: RFC 7914.
 *
 * @param n a power of two
 * @param r size of a block
 * @param p how often
 */
record ScryptCost(int n, int r, int p) {
    /** 256 MiB, and about a second: what Ethereum's clients use. */
    static final ScryptCost STANDARD = new ScryptCost(262_144, 8, 1);

    private static final String WHERE = "scrypt";
    private static final int MAX_N = 1 << 20;
    private static final int MAX_R = 32;
    private static final int MAX_P = 16;
    private static final long MAX_MEMORY_BYTES = 256L << 20;
    private static final long MAX_WORK_BYTES = 1L << 30;
    private static final int MAX_N_OF_SMALL_BLOCKS = 1 << 15;

    /** Throws {@link MalformedValue} for a cost that is none, or more than anybody needs. */
    ScryptCost {
        check("n, a power of two", n, MAX_N);
        check("r", r, MAX_R);
        check("p", p, MAX_P);
        if (n < 2 || Integer.bitCount(n) != 1) {
            throw MalformedValue.expected(WHERE, "n to be a power of two from 2", n);
        }
        if (r == 1 && n > MAX_N_OF_SMALL_BLOCKS) {
            throw MalformedValue.expected(WHERE, "n below 2^16 for r of 1", n);
        }
        final long memoryBytes = 128L * n * r;
        if (memoryBytes > MAX_MEMORY_BYTES || memoryBytes * p > MAX_WORK_BYTES) {
            throw MalformedValue.expected(
                    WHERE,
                    "at most " + MAX_MEMORY_BYTES + " bytes of memory, filled 4 times",
                    memoryBytes + " bytes, filled " + p + " times");
        }
    }

    private static void check(final String name, final int value, final int max) {
        if (value < 1 || value > max) {
            throw MalformedValue.expected(WHERE, name + ", from 1 to " + max, value);
        }
    }
}
