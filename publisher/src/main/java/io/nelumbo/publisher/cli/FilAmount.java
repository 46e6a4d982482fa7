package io.nelumbo.publisher.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of Filecoin. A number without its unit is refused: taken for the other one it would be
 * wrong by a factor of 10^18.
 *
 * @param atto in attoFIL, not negative
 */
record FilAmount(BigInteger atto) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,40}(?:\\.[0-9]{1,18})?) ?(FIL|attoFIL)");
    private static final int DECIMALS = 18;

    FilAmount(final String atto) {
        this(new BigInteger(atto));
    }

    /** Reads {@code 1.5FIL}, {@code 200attoFIL} or {@code 0}. */
    static FilAmount parse(final String text) {
        if (text.equals("0")) {
            return new FilAmount(BigInteger.ZERO);
        }
        final Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected an amount with its unit, like 1.5FIL or 200attoFIL, but was " + text);
        }
        final BigDecimal number = new BigDecimal(matcher.group(1));
        try {
            return new FilAmount(
                    "FIL".equals(matcher.group(2))
                            ? number.scaleByPowerOfTen(DECIMALS).toBigIntegerExact()
                            : number.toBigIntegerExact());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException(
                    "expected no fraction of an attoFIL but was " + text, e);
        }
    }

    /** In whichever unit is short. */
    @Override
    public String toString() {
        final BigDecimal fil = new BigDecimal(atto, DECIMALS).stripTrailingZeros();
        return fil.scale() > 9 ? atto + "attoFIL" : fil.toPlainString() + "FIL";
    }
}
