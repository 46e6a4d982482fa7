package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress.Protocol;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The EIP-1559 transaction that a message of an {@code f410} account stands for. Its key signs the
 * transaction, not the message, so a message is only valid if it translates to a transaction and
 * back without loss: a call of {@code InvokeEVM} on an Ethereum or id address, or {@code
 * CreateExternal} on the Ethereum address manager. Immutable, any thread.
 *
 * <p>Source: FIP-0055; EIP-1559; Lotus, {@code ethtypes.Eth1559TxArgsFromUnsignedFilecoinMessage}.
 */
final class EthereumTransaction {
    /** Method {@code InvokeEVM}: FRC-0042 hash of its name. */
    static final long INVOKE_EVM = 3_844_450_837L;

    private static final int TYPE = 2;
    private static final long CREATE_EXTERNAL = 4;
    private static final FilecoinAddress ADDRESS_MANAGER = FilecoinAddress.ofId(10);
    private static final int ADDRESS_BYTES = 20;
    private static final int WORD_BYTES = 32;
    private static final byte[] ID_PREFIX = idPrefix();
    private static final String WHERE = "message of a delegated account";

    private final long chainId;
    private final byte[] behindNonce;

    private EthereumTransaction(final long chainId, final byte[] behindNonce) {
        this.chainId = chainId;
        this.behindNonce = behindNonce;
    }

    /**
     * Translates; the message's nonce does not matter. Throws {@link MalformedValue} for a message
     * that no transaction stands for.
     */
    static EthereumTransaction of(final FilecoinMessage message, final long chainId) {
        ethereumAddress("From", message.from());
        final byte[] behindNonce =
                new Rlp()
                        .number(notNegative("GasPremium", message.gasPremium()))
                        .number(notNegative("GasFeeCap", message.gasFeeCap()))
                        .number(notNegative("GasLimit", BigInteger.valueOf(message.gasLimit())))
                        .bytes(recipient(message))
                        .number(notNegative("Value", message.value()))
                        .bytes(input(message.params()))
                        .emptyList()
                        .items();
        return new EthereumTransaction(chainId, behindNonce);
    }

    /** What the sender's key signs the Keccak-256 of. */
    byte[] signingBytes(final long nonce) {
        return new Rlp().unsigned(chainId).unsigned(nonce).raw(behindNonce).typedList(TYPE);
    }

    /** The whole transaction, as a wallet sends it. */
    byte[] signedBytes(final long nonce, final Signature signature) {
        final byte[] data = signature.data();
        return new Rlp()
                .unsigned(chainId)
                .unsigned(nonce)
                .raw(behindNonce)
                .unsigned(data[2 * WORD_BYTES])
                .number(new BigInteger(1, data, 0, WORD_BYTES))
                .number(new BigInteger(1, data, WORD_BYTES, WORD_BYTES))
                .typedList(TYPE);
    }

    /** Whom a transaction's recipient is to Filecoin: 20 bytes, or none to create a contract. */
    static FilecoinAddress filecoinRecipient(final byte[] to) {
        if (to.length == 0) {
            return ADDRESS_MANAGER;
        }
        if (to.length != ADDRESS_BYTES) {
            throw MalformedValue.expected("transaction", "a recipient of 20 bytes", to.length);
        }
        if (!Arrays.equals(to, 0, ID_PREFIX.length, ID_PREFIX, 0, ID_PREFIX.length)) {
            return FilecoinAddress.ofDelegated(FilecoinAddress.ETHEREUM_NAMESPACE, to);
        }
        final long id = ByteBuffer.wrap(to, ID_PREFIX.length, Long.BYTES).getLong();
        if (id < 0) {
            throw MalformedValue.expected(
                    "transaction",
                    "a recipient that masks an id below 2^63",
                    Long.toUnsignedString(id));
        }
        return FilecoinAddress.ofId(id);
    }

    /** The method that a transaction to such a recipient calls. */
    static long method(final byte[] to) {
        return to.length == 0 ? CREATE_EXTERNAL : INVOKE_EVM;
    }

    /** The address, or nothing to create a contract. */
    private static byte[] recipient(final FilecoinMessage message) {
        if (message.to().equals(ADDRESS_MANAGER)) {
            checkMethod(message, CREATE_EXTERNAL, "CreateExternal");
            return new byte[0];
        }
        checkMethod(message, INVOKE_EVM, "InvokeEVM");
        return ethereumAddress("To", message.to());
    }

    private static void checkMethod(
            final FilecoinMessage message, final long method, final String name) {
        if (message.method() != method) {
            throw MalformedValue.expected(
                    WHERE,
                    "method " + method + " (" + name + ") on " + message.to(),
                    Long.toUnsignedString(message.method()));
        }
    }

    private static byte[] ethereumAddress(final String field, final FilecoinAddress address) {
        final byte[] payload = address.payload();
        if (address.protocol() == Protocol.ID && !field.equals("From")) {
            return maskedId(Uvarint.value(payload, 0, payload.length));
        }
        final boolean ethereum =
                address.protocol() == Protocol.DELEGATED
                        && payload.length == 1 + ADDRESS_BYTES
                        && payload[0] == FilecoinAddress.ETHEREUM_NAMESPACE;
        if (!ethereum) {
            throw MalformedValue.expected(WHERE, field + " as an f410 or id address", address);
        }
        final byte[] subaddress = Arrays.copyOfRange(payload, 1, payload.length);
        if (Arrays.equals(subaddress, 0, ID_PREFIX.length, ID_PREFIX, 0, ID_PREFIX.length)) {
            // It would come back from the transaction as the id that it masks.
            throw MalformedValue.expected(
                    WHERE, field + " as an address that masks no id", address);
        }
        return subaddress;
    }

    /** An id as Ethereum sees it: 0xff, eleven zeros, and the id in eight bytes. */
    private static byte[] maskedId(final long id) {
        final byte[] masked = Arrays.copyOf(ID_PREFIX, ADDRESS_BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            masked[ADDRESS_BYTES - 1 - i] = (byte) (id >>> (Byte.SIZE * i));
        }
        return masked;
    }

    private static byte[] input(final byte[] params) {
        if (params.length == 0) {
            return params;
        }
        final CborReader reader = new CborReader(WHERE, params);
        final byte[] input = reader.bytes("Params", params.length);
        reader.end();
        if (input.length == 0) {
            throw MalformedValue.expected(
                    WHERE, "no Params for no input", "the encoding of an empty input");
        }
        return input;
    }

    private static BigInteger notNegative(final String field, final BigInteger value) {
        if (value.signum() < 0) {
            throw MalformedValue.expected(WHERE, field + " of at least 0", value);
        }
        return value;
    }

    private static byte[] idPrefix() {
        final byte[] prefix = new byte[ADDRESS_BYTES - Long.BYTES];
        prefix[0] = (byte) 0xff;
        return prefix;
    }
}
