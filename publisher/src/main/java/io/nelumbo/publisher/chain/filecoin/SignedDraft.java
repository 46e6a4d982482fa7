package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;
import java.util.OptionalLong;

/**
 * A message that its sender numbered and signed: good for its one nonce, with exactly these bytes.
 * Immutable, any thread.
 */
public final class SignedDraft implements Draft {
    private final FilecoinMessage message;
    private final byte[] keyId;
    private final Signing.Signed signed;

    private SignedDraft(
            final FilecoinMessage message, final byte[] keyId, final Signing.Signed signed) {
        this.message = message;
        this.keyId = keyId;
        this.signed = signed;
    }

    /**
     * A draft of a message whose signature proves its sender.
     *
     * @param network whose chain id a delegated account signs; others sign the same everywhere
     * @throws MalformedValue if the sender's key did not make the signature, or it has a second
     *     form: nodes that know only the canonical one would never take the message
     */
    public static SignedDraft of(final SignedFilecoinMessage signed, final Network network) {
        checkCanonical(signed.signature());
        final Verification verification = signed.verification(network);
        if (verification instanceof Verification.Valid valid) {
            final byte[] bytes = signed.encode();
            return new SignedDraft(
                    signed.message(),
                    valid.keyId(),
                    new Signing.Signed(bytes, signed.cidOfDecoded(bytes).messageDigest()));
        }
        throw new MalformedValue(
                "signature verification failed: " + ((Verification.Invalid) verification).reason());
    }

    private static void checkCanonical(final Signature signature) {
        if (signature.type() != SignatureType.BLS
                && !RecoverableSecp256k1.isCanonical(signature.data())) {
            throw new MalformedValue(
                    "signature verification failed: expected a low S and a recovery id of 0 or 1");
        }
    }

    @Override
    public Address sender() {
        return message.from().account();
    }

    @Override
    public byte[] signerKeyId() {
        return keyId.clone();
    }

    @Override
    public OptionalLong fixedNonce() {
        return OptionalLong.of(message.nonce());
    }

    /** What was signed. */
    public FilecoinMessage message() {
        return message;
    }

    /** What the chain calls it: the 32 bytes by which the journal knows it. */
    public byte[] hash() {
        return signed.hash().clone();
    }

    /** The message as it is pushed; not to be written into. */
    public byte[] bytes() {
        return signed.bytes();
    }

    @Override
    public Signing sign(final long nonce) {
        return nonce == message.nonce()
                ? signed
                : new Signing.Failed(
                        "it is signed already, at nonce "
                                + Long.toUnsignedString(message.nonce())
                                + " and not at "
                                + Long.toUnsignedString(nonce));
    }
}
