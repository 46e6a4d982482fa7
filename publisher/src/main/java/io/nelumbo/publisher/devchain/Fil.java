package io.nelumbo.publisher.devchain;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts as Lotus prints them. */
final class Fil {
    private static final int DECIMALS = 18;

    private Fil() {}

    /** An amount of attoFIL in FIL, as in {@code 1.5 FIL}. */
    static String text(final BigInteger attoFil) {
        final BigDecimal fil = new BigDecimal(attoFil, DECIMALS).stripTrailingZeros();
        return (fil.signum() == 0 ? "0" : fil.toPlainString()) + " FIL";
    }
}
