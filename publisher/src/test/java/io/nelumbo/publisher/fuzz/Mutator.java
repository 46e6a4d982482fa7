package io.nelumbo.publisher.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes hostile bytes of good ones: a few edits of a sample, each of a kind that parsers trip over.
 * Now and then pure noise. The same seed makes the same bytes. Owned by one thread.
 */
public final class Mutator {
    private static final int MAX_EDITS = 4;
    private static final int MAX_NOISE_BYTES = 300;
    private static final int MAX_REPEATS = 64;
    private static final int NOISE_EVERY = 20;

    /** Lengths and counts that overflow somewhere, big-endian or little-endian. */
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0xffff,
        0x7fff_ffff,
        0x8000_0000L,
        0xffff_ffffL,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    /** What texts trip over; the last ones are no UTF-8, or not the shortest. */
    private static final List<String> WORDS =
            List.of(
                    "null",
                    "-1",
                    "1e999999999",
                    "18446744073709551616",
                    "0".repeat(40),
                    "9".repeat(400),
                    "\"",
                    "\\u0000",
                    "\\ud800",
                    "[[[[[[[[",
                    "{\"a\":",
                    "[]",
                    "{}",
                    "true",
                    "/",
                    ":",
                    ",",
                    ".",
                    "=",
                    "\n",
                    "\0",
                    "%",
                    "é",
                    "\u00ed\u00a0\u0080",
                    "\u00c0\u0080",
                    "\u00ff");

    private final List<byte[]> samples;
    private final Random random;

    public Mutator(final List<byte[]> samples, final Random random) {
        this.samples = List.copyOf(samples);
        this.random = random;
    }

    /** The next bytes. */
    public byte[] next() {
        if (random.nextInt(NOISE_EVERY) == 0) {
            final byte[] noise = new byte[random.nextInt(MAX_NOISE_BYTES)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = sample();
        for (int edits = 1 + random.nextInt(MAX_EDITS); edits > 0; edits--) {
            bytes = edited(bytes);
        }
        return bytes;
    }

    private byte[] edited(final byte[] bytes) {
        final int from = random.nextInt(bytes.length + 1);
        final int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + bytes.length / 4));
        return switch (random.nextInt(9)) {
            case 0 -> overwritten(bytes, from, new byte[] {(byte) random.nextInt()});
            case 1 -> flipped(bytes, from);
            case 2 -> overwritten(bytes, from, number());
            case 3 -> spliced(bytes, from, from, word());
            case 4 -> spliced(bytes, from, to, word());
            case 5 -> spliced(bytes, from, to, new byte[0]);
            case 6 -> spliced(bytes, from, to, repeated(Arrays.copyOfRange(bytes, from, to)));
            case 7 -> Arrays.copyOf(bytes, from);
            default -> {
                final byte[] other = sample();
                final int at = random.nextInt(other.length + 1);
                yield spliced(
                        bytes, from, bytes.length, Arrays.copyOfRange(other, at, other.length));
            }
        };
    }

    private byte[] sample() {
        return samples.get(random.nextInt(samples.size()));
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(ISO_8859_1);
    }

    private byte[] number() {
        final long value = NUMBERS[random.nextInt(NUMBERS.length)];
        final byte[] bytes = new byte[1 << random.nextInt(4)];
        final boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < bytes.length; i++) {
            bytes[bigEndian ? bytes.length - 1 - i : i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    private byte[] repeated(final byte[] part) {
        final int times = 2 + random.nextInt(MAX_REPEATS);
        final byte[] repeated = new byte[part.length * times];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = part[i % part.length];
        }
        return repeated;
    }

    private byte[] flipped(final byte[] bytes, final int at) {
        final byte[] flipped = bytes.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] overwritten(final byte[] bytes, final int from, final byte[] by) {
        return spliced(bytes, from, Math.min(bytes.length, from + by.length), by);
    }

    private static byte[] spliced(
            final byte[] bytes, final int from, final int to, final byte[] inBetween) {
        final byte[] spliced = Arrays.copyOf(bytes, from + inBetween.length + bytes.length - to);
        System.arraycopy(inBetween, 0, spliced, from, inBetween.length);
        System.arraycopy(bytes, to, spliced, from + inBetween.length, bytes.length - to);
        return spliced;
    }
}
