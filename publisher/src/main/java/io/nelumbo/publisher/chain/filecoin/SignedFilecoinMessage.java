package io.nelumbo.publisher.chain.filecoin;

/** A message and its signature: what is pushed to the chain. Immutable. */
public record SignedFilecoinMessage(FilecoinMessage message, Signature signature) {
    /** The chain's nodes take no signed message that is larger. */
    public static final int MAX_BYTES = 64 * 1024;

    static final int FIELDS = 2;
    private static final String WHERE = "signed message";
    private static final int MAX_SIGNATURE_BYTES = 1 + 96;
    private static final int SIGNATURE_OVERHEAD_BYTES = 1 + 2 + MAX_SIGNATURE_BYTES;

    /**
     * Reads the canonical CBOR of a signed message of at most 64 KiB; throws {@link MalformedValue}
     * for anything else. Does not verify the signature.
     */
    public static SignedFilecoinMessage decode(final byte[] cbor) {
        if (cbor.length > MAX_BYTES) {
            throw MalformedValue.expected(
                    WHERE,
                    "at most " + MAX_BYTES + " bytes",
                    cbor.length + " bytes: message too big");
        }
        final CborReader reader = new CborReader(WHERE, cbor);
        reader.array(FIELDS);
        final FilecoinMessage message = MessageCbor.read(reader);
        final Signature signature =
                Signature.ofTagged(reader.bytes("Signature", MAX_SIGNATURE_BYTES));
        reader.end();
        return new SignedFilecoinMessage(message, signature);
    }

    /** Its canonical CBOR; more than {@link #MAX_BYTES} bytes if the message is too big. */
    public byte[] encode() {
        return encode(message.encode(), signature);
    }

    /**
     * What it is called on the chain: by its signed bytes, or, under a BLS signature (which is
     * stored apart, aggregated), by its unsigned ones.
     */
    public Cid cid() {
        return signature.type() == SignatureType.BLS ? message.cid() : Cid.ofBlock(encode());
    }

    /**
     * The same as {@link #cid}, of a message that was decoded from these bytes: only the canonical
     * form decodes, so it need not be made again.
     */
    public Cid cidOfDecoded(final byte[] cbor) {
        return signature.type() == SignatureType.BLS ? message.cid() : Cid.ofBlock(cbor);
    }

    /**
     * Whether the sender's key made the signature. Does not throw.
     *
     * @param network whose chain id a delegated account signs; others sign the same everywhere
     */
    public Verification verification(final Network network) {
        if (signature.type() != SignatureType.DELEGATED) {
            return Verification.of(signature, message.from(), message.cid().bytes());
        }
        final EthereumTransaction transaction;
        try {
            transaction = EthereumTransaction.of(message, network.ethereumChainId());
        } catch (final MalformedValue untranslatable) {
            return new Verification.Invalid(String.valueOf(untranslatable.getMessage()));
        }
        return Verification.of(
                signature, message.from(), transaction.signingBytes(message.nonce()));
    }

    static byte[] encode(final byte[] unsigned, final Signature signature) {
        final CborWriter writer = new CborWriter(unsigned.length + SIGNATURE_OVERHEAD_BYTES);
        writer.array(FIELDS);
        writer.raw(unsigned);
        writer.tagged(signature.type().number(), signature.data());
        return writer.written();
    }
}
