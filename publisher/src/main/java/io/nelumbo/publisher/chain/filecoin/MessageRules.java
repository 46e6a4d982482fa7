package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a chain node would refuse in any message, whatever the state of the chain, in the words of
 * Lotus. Asked before a nonce is spent: a message that can never be included would hold up every
 * later one of its account.
 *
 * <p>Source: Lotus, {@code Message.ValidForBlockInclusion}.
 */
public final class MessageRules {
    /** Gas in one block. */
    public static final long BLOCK_GAS_LIMIT = 10_000_000_000L;

    /** No price list of the chain has asked for less gas to store any message. */
    public static final long MIN_GAS = 38_863;

    /** In attoFIL: the base fee never falls below. */
    public static final BigInteger MIN_FEE_CAP = BigInteger.valueOf(100);

    private static final BigInteger TOTAL_ATTO_FIL =
            BigInteger.valueOf(2_000_000_000L).multiply(BigInteger.TEN.pow(18));
    // The BLS public key at infinity: anybody can sign for it.
    private static final FilecoinAddress ZERO_ADDRESS =
            FilecoinAddress.ofBls(Arrays.copyOf(new byte[] {(byte) 0xc0}, 48));

    private MessageRules() {}

    /** Why the message could never be included, or null if nothing stands in its way. */
    public static @Nullable String defect(final FilecoinMessage message) {
        if (message.to().equals(ZERO_ADDRESS)) {
            return "invalid 'To' address";
        }
        if (message.value().signum() < 0) {
            return "'Value' field cannot be negative";
        }
        if (message.value().compareTo(TOTAL_ATTO_FIL) > 0) {
            return "'Value' field cannot be greater than total filecoin supply";
        }
        if (message.gasFeeCap().signum() < 0) {
            return "'GasFeeCap' field cannot be negative";
        }
        if (message.gasPremium().signum() < 0) {
            return "'GasPremium' field cannot be negative";
        }
        if (message.gasPremium().compareTo(message.gasFeeCap()) > 0) {
            return "'GasFeeCap' less than 'GasPremium'";
        }
        if (message.gasLimit() > BLOCK_GAS_LIMIT) {
            return "'GasLimit' field cannot be greater than a block's gas limit";
        }
        if (message.gasLimit() < 0) {
            // Lotus refuses it as less than the cost of storing the message.
            return "'GasLimit' field cannot be negative";
        }
        return null;
    }
}
