package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An EIP-1559 transaction as an Ethereum wallet signs and sends it, and the message of an {@code
 * f410} account that it stands for. Immutable as long as nobody writes into the hash.
 *
 * <p>Source: EIP-1559; FIP-0055; Lotus, {@code ethtypes.Eth1559TxArgs}.
 *
 * @param hash by which Ethereum knows it: the Keccak-256 of the raw bytes
 */
public record RawTransaction(SignedFilecoinMessage message, byte[] hash) {
    /** Longer than that, no chain node takes the message. */
    public static final int MAX_BYTES = SignedFilecoinMessage.MAX_BYTES;

    private static final String WHERE = "transaction";
    private static final int TYPE = 2;
    private static final int WORD_BYTES = 32;
    private static final int ADDRESS_BYTES = 20;

    /**
     * Reads a transaction, and finds out who signed it. Throws {@link MalformedValue} for anything
     * but the canonical form of an EIP-1559 transaction without an access list, for this network.
     */
    public static RawTransaction decode(final byte[] raw, final Network network) {
        if (raw.length > MAX_BYTES) {
            throw MalformedValue.expected(
                    WHERE, "at most " + MAX_BYTES + " bytes", raw.length + " bytes");
        }
        if (raw.length == 0 || raw[0] != TYPE) {
            throw MalformedValue.expected(
                    WHERE,
                    "type 2 (EIP-1559)",
                    raw.length == 0 ? "nothing" : "first byte " + Byte.toUnsignedInt(raw[0]));
        }
        final RlpItems reader = new RlpItems(WHERE, raw, 1);
        final int unsignedFrom = reader.position();
        final long chainId = reader.unsigned("chain id");
        if (chainId != network.ethereumChainId()) {
            throw MalformedValue.expected(
                    WHERE, "chain id " + network.ethereumChainId(), Long.toUnsignedString(chainId));
        }
        final long nonce = reader.unsigned("nonce");
        final BigInteger premium = reader.number("max priority fee per gas", WORD_BYTES);
        final BigInteger feeCap = reader.number("max fee per gas", WORD_BYTES);
        final long gasLimit = reader.unsigned("gas");
        final byte[] to = reader.bytes("to", ADDRESS_BYTES);
        final BigInteger value = reader.number("value", WORD_BYTES);
        final byte[] input = reader.bytes("input", MAX_BYTES);
        reader.emptyList("access list");
        final byte[] unsigned = Arrays.copyOfRange(raw, unsignedFrom, reader.position());
        final Signature signature = signature(reader);
        reader.end();

        final FilecoinMessage message =
                new FilecoinMessage(
                        EthereumTransaction.filecoinRecipient(to),
                        sender(signature, unsigned),
                        nonce,
                        value,
                        gasLimit,
                        feeCap,
                        premium,
                        EthereumTransaction.method(to),
                        params(input));
        checkCanonical(raw, message, signature, network);
        return new RawTransaction(
                new SignedFilecoinMessage(message, signature), Keccak.hash256(raw));
    }

    /** The message has to stand for these very bytes, or the chain would see another signer. */
    private static void checkCanonical(
            final byte[] raw,
            final FilecoinMessage message,
            final Signature signature,
            final Network network) {
        final byte[] again =
                EthereumTransaction.of(message, network.ethereumChainId())
                        .signedBytes(message.nonce(), signature);
        if (!Arrays.equals(raw, again)) {
            throw MalformedValue.expected(WHERE, "its canonical form", "another");
        }
    }

    private static Signature signature(final RlpItems reader) {
        final BigInteger parity = reader.number("y parity", 1);
        final BigInteger r = reader.number("r", WORD_BYTES);
        final BigInteger s = reader.number("s", WORD_BYTES);
        if (parity.bitLength() > 1) {
            throw MalformedValue.expected(WHERE, "a y parity of 0 or 1", parity);
        }
        final byte[] data = new byte[SignatureType.DELEGATED.dataBytes()];
        putWord(r, data, 0);
        putWord(s, data, WORD_BYTES);
        data[2 * WORD_BYTES] = parity.byteValue();
        return new Signature(SignatureType.DELEGATED, data);
    }

    private static void putWord(final BigInteger number, final byte[] data, final int offset) {
        final byte[] magnitude = number.signum() == 0 ? new byte[0] : CborWriter.magnitude(number);
        System.arraycopy(
                magnitude, 0, data, offset + WORD_BYTES - magnitude.length, magnitude.length);
    }

    private static FilecoinAddress sender(final Signature signature, final byte[] unsignedItems) {
        final byte[] signed = new Rlp().raw(unsignedItems).typedList(TYPE);
        final byte[] publicKey =
                RecoverableSecp256k1.signer(signature.data(), Keccak.hash256(signed));
        if (publicKey == null) {
            throw MalformedValue.expected(WHERE, "a signature that some key made", "another");
        }
        return DelegatedKey.address(publicKey);
    }

    /** Input is a byte string to the EVM's actor, and none is none. */
    private static byte[] params(final byte[] input) {
        if (input.length == 0) {
            return input;
        }
        final CborWriter writer = new CborWriter(input.length + CborWriter.MAX_HEAD_BYTES);
        writer.bytes(input);
        return writer.written();
    }
}
