package io.nelumbo.config;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Bitcoin's base 58, as libp2p writes peer ids. Quadratic: for short texts only. */
final class Base58 {
    private static final String ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger RADIX = BigInteger.valueOf(58);

    private Base58() {}

    static String encode(final byte[] bytes) {
        final StringBuilder reversed = new StringBuilder(bytes.length * 2);
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            final BigInteger[] quotientAndDigit = rest.divideAndRemainder(RADIX);
            reversed.append(ALPHABET.charAt(quotientAndDigit[1].intValue()));
            rest = quotientAndDigit[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append(ALPHABET.charAt(0));
        }
        return reversed.reverse().toString();
    }

    /** The bytes, or null if the text has a character outside the alphabet. */
    static byte @Nullable [] decode(final String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            final int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return null;
            }
            number = number.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        final byte[] magnitude = number.signum() == 0 ? new byte[0] : number.toByteArray();
        final int signBytes = magnitude.length > 1 && magnitude[0] == 0 ? 1 : 0;
        final byte[] bytes = new byte[zeros + magnitude.length - signBytes];
        System.arraycopy(magnitude, signBytes, bytes, zeros, magnitude.length - signBytes);
        return bytes;
    }
}
