package io.nelumbo.config;

import java.util.List;

/**
 * {@code [Fees]}: what messages may cost.
 *
 * @param defaultMaxFee the most that the gas of one message may cost if its client names no limit
 */
public record FeesConfig(FilAmount defaultMaxFee) {

    static final Key<FilAmount> DEFAULT_MAX_FEE =
            Key.amount(
                    "DefaultMaxFee",
                    "0.07 FIL",
                    "The most that the gas of one message may cost if its client names no MaxFee:"
                            + " its GasFeeCap is lowered until gas limit times GasFeeCap is within"
                            + " it.");
    static final Section SECTION =
            new Section("Fees", false, "What messages may cost.", List.of(DEFAULT_MAX_FEE));

    static FeesConfig from(final Values values) {
        return new FeesConfig(values.get(SECTION, DEFAULT_MAX_FEE));
    }
}
