package io.nelumbo.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money on Filecoin, written as in Lotus: {@code 0.07 FIL}, {@code 500 attoFIL}; FIL
 * if there is no unit.
 *
 * @param attoFil 10⁻¹⁸ FIL each; from 0 to all the FIL that will ever be
 */
public record FilAmount(BigInteger attoFil) {

    private static final int DECIMALS = 18;
    private static final BigInteger MOST =
            BigInteger.TEN.pow(DECIMALS).multiply(BigInteger.valueOf(2_000_000_000));

    /** Bounded digits: no text makes a number that takes time. */
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,30}(?:\\.[0-9]{1,18})?) ?(fil|attofil|afil)?");

    /** The amount, or null if the text is none. */
    static @Nullable FilAmount parse(final String text) {
        final Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return null;
        }
        final String unit = matcher.group(2);
        final boolean atto = unit != null && !unit.equals("fil");
        final BigDecimal amount =
                new BigDecimal(matcher.group(1)).movePointRight(atto ? 0 : DECIMALS);
        if (amount.stripTrailingZeros().scale() > 0) {
            return null;
        }
        final BigInteger attoFil = amount.toBigIntegerExact();
        return attoFil.compareTo(MOST) > 0 ? null : new FilAmount(attoFil);
    }

    /** As the configuration writes it. */
    @Override
    public String toString() {
        final BigDecimal fil = new BigDecimal(attoFil, DECIMALS).stripTrailingZeros();
        return (fil.signum() == 0 ? "0" : fil.toPlainString()) + " FIL";
    }
}
