package io.nelumbo.publisher.chain.filecoin;

/** What came of checking a signature. */
public sealed interface Verification {

    /** The address's key made it. */
    record Valid() implements Verification {}

    /** The address's key did not make it. */
    record Invalid(String reason) implements Verification {}

    /** This version cannot tell: signatures of this type come later. */
    record Unsupported(SignatureType type) implements Verification {}

    /** Checks whether an address's key made a signature over data. Does not throw. */
    static Verification of(
            final Signature signature, final FilecoinAddress signer, final byte[] data) {
        if (signer.protocol() != signature.type().sender()) {
            return new Invalid(
                    "expected a signer of protocol "
                            + signature.type().sender()
                            + " but was "
                            + signer);
        }
        return signature.type() == SignatureType.SECP256K1
                ? Secp256k1Key.verification(signature, signer, data)
                : new Unsupported(signature.type());
    }
}
