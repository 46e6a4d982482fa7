package io.nelumbo.publisher.chain.filecoin;

/** What came of checking a signature. */
public sealed interface Verification {

    /**
     * The address's key made it.
     *
     * @param keyId first 8 bytes of the SHA-256 of the public key
     */
    record Valid(byte[] keyId) implements Verification {}

    /** The address's key did not make it. */
    record Invalid(String reason) implements Verification {}

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
        return switch (signature.type()) {
            case SECP256K1 -> Secp256k1Key.verification(signature, signer, data);
            case BLS -> BlsKey.verification(signature, signer, data);
            case DELEGATED -> DelegatedKey.verification(signature, signer, data);
        };
    }
}
