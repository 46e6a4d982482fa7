package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A message of version 0, the only one there is. Amounts are in attoFIL. Nonce and method number
 * are unsigned. Whether the chain would take it is another question: see {@link MessageRules}.
 * Immutable as long as nobody writes into the parameters.
 *
 * <p>Source: Filecoin specification, Messages.
 *
 * @param gasLimit in gas units; any 64-bit number fits the encoding
 * @param params CBOR for the method, empty for none
 */
public record FilecoinMessage(
        FilecoinAddress to,
        FilecoinAddress from,
        long nonce,
        BigInteger value,
        long gasLimit,
        BigInteger gasFeeCap,
        BigInteger gasPremium,
        long method,
        byte[] params) {
    private static final long PLAIN_TRANSFER = 0;

    /** Throws {@link MalformedValue} for an amount that has no encoding. */
    public FilecoinMessage {
        checkAmount("Value", value);
        checkAmount("GasFeeCap", gasFeeCap);
        checkAmount("GasPremium", gasPremium);
    }

    /**
     * The method by which an account sends nothing but value. An Ethereum account has to invoke its
     * recipient, because no transaction stands for a plain transfer.
     */
    public static long transferMethod(final FilecoinAddress from) {
        return from.protocol() == FilecoinAddress.Protocol.DELEGATED
                ? EthereumTransaction.INVOKE_EVM
                : PLAIN_TRANSFER;
    }

    /** Reads the canonical CBOR of a message; throws {@link MalformedValue} for anything else. */
    public static FilecoinMessage decode(final byte[] cbor) {
        return MessageCbor.decode(cbor);
    }

    /** Its canonical CBOR. */
    public byte[] encode() {
        return MessageCbor.encode(this);
    }

    /** What it is called unsigned, which is also what its key signs. */
    public Cid cid() {
        return Cid.ofBlock(encode());
    }

    /** The same message at another nonce. */
    public FilecoinMessage withNonce(final long newNonce) {
        return new FilecoinMessage(
                to, from, newNonce, value, gasLimit, gasFeeCap, gasPremium, method, params);
    }

    /** The same message from another address, when an id has been resolved to its key. */
    public FilecoinMessage withFrom(final FilecoinAddress newFrom) {
        return new FilecoinMessage(
                to, newFrom, nonce, value, gasLimit, gasFeeCap, gasPremium, method, params);
    }

    /** The same message with other gas fields. */
    public FilecoinMessage withGas(
            final long newGasLimit, final BigInteger newFeeCap, final BigInteger newPremium) {
        return new FilecoinMessage(
                to, from, nonce, value, newGasLimit, newFeeCap, newPremium, method, params);
    }

    /** The most that it can cost its sender: value, and the whole gas limit at the fee cap. */
    public BigInteger requiredFunds() {
        return value.add(gasFeeCap.multiply(BigInteger.valueOf(gasLimit)));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof FilecoinMessage that
                && to.equals(that.to)
                && from.equals(that.from)
                && nonce == that.nonce
                && value.equals(that.value)
                && gasLimit == that.gasLimit
                && gasFeeCap.equals(that.gasFeeCap)
                && gasPremium.equals(that.gasPremium)
                && method == that.method
                && Arrays.equals(params, that.params);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * to.hashCode() + from.hashCode()) + Long.hashCode(nonce);
    }

    private static void checkAmount(final String field, final BigInteger amount) {
        // bitLength of a magnitude; one byte of the encoding is the sign.
        final int maxBits = (CborReader.MAX_BIG_INTEGER_BYTES - 1) * Byte.SIZE;
        if (amount.abs().bitLength() > maxBits) {
            throw MalformedValue.expected(
                    field, "at most " + maxBits + " bits", amount.bitLength() + " bits");
        }
    }
}
