package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;

/**
 * A message as a CBOR array of ten. What stands before the nonce and behind it can be written
 * apart, because a draft is signed at a nonce that is known last.
 */
final class MessageCbor {
    private static final String WHERE = "message";
    private static final int FIELDS = 10;
    private static final long VERSION = 0;
    private static final int EXPECTED_BYTES = 128;

    private MessageCbor() {}

    static byte[] encode(final FilecoinMessage message) {
        final CborWriter writer = new CborWriter(EXPECTED_BYTES + message.params().length);
        writeBeforeNonce(writer, message);
        writer.unsigned(message.nonce());
        writeBehindNonce(writer, message);
        return writer.written();
    }

    static void writeBeforeNonce(final CborWriter writer, final FilecoinMessage message) {
        writer.array(FIELDS);
        writer.unsigned(VERSION);
        writer.bytes(message.to().bytes());
        writer.bytes(message.from().bytes());
    }

    static void writeBehindNonce(final CborWriter writer, final FilecoinMessage message) {
        writer.bigInteger(message.value());
        writer.signed(message.gasLimit());
        writer.bigInteger(message.gasFeeCap());
        writer.bigInteger(message.gasPremium());
        writer.unsigned(message.method());
        writer.bytes(message.params());
    }

    static FilecoinMessage decode(final byte[] cbor) {
        final CborReader reader = new CborReader(WHERE, cbor);
        final FilecoinMessage message = read(reader);
        reader.end();
        return message;
    }

    static FilecoinMessage read(final CborReader reader) {
        reader.array(FIELDS);
        final long version = reader.unsigned("Version");
        if (version != VERSION) {
            throw MalformedValue.expected(
                    WHERE,
                    "Version 0",
                    Long.toUnsignedString(version) + " ('Version' unsupported)");
        }
        final FilecoinAddress to = address(reader, "To");
        final FilecoinAddress from = address(reader, "From");
        final long nonce = reader.unsigned("Nonce");
        final BigInteger value = reader.bigInteger("Value");
        final long gasLimit = reader.signed("GasLimit");
        final BigInteger gasFeeCap = reader.bigInteger("GasFeeCap");
        final BigInteger gasPremium = reader.bigInteger("GasPremium");
        final long method = reader.unsigned("Method");
        final byte[] params = reader.bytes("Params", SignedFilecoinMessage.MAX_BYTES);
        return new FilecoinMessage(
                to, from, nonce, value, gasLimit, gasFeeCap, gasPremium, method, params);
    }

    private static FilecoinAddress address(final CborReader reader, final String field) {
        return new FilecoinAddress(reader.bytes(field, FilecoinAddress.MAX_BYTES));
    }
}
