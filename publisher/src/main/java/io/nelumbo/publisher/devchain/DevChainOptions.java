package io.nelumbo.publisher.devchain;

import java.math.BigInteger;

/**
 * How a development chain behaves.
 *
 * @param tipsetIntervalMs a tipset is mined this often
 * @param maxMessagesPerTipset more wait for the next one
 * @param maxPendingPerAccount the pool refuses more of one account (Lotus: 1000 for trusted
 *     callers)
 * @param balanceAttoFil what every address owns at genesis
 * @param networkName as StateNetworkName answers
 */
public record DevChainOptions(
        long tipsetIntervalMs,
        int maxMessagesPerTipset,
        int maxPendingPerAccount,
        BigInteger balanceAttoFil,
        String networkName) {

    /** Tipsets this often, everything else as a plain development chain has it. */
    public static DevChainOptions every(final long tipsetIntervalMs) {
        return new DevChainOptions(
                tipsetIntervalMs, 10_000, 1_000, BigInteger.TEN.pow(18 + 9), "nelumbo-devnet");
    }
}
