package io.nelumbo.publisher.chain.filecoin;

/**
 * A private key outside a keystore, as {@code KeyInfo} carries it. A secret: its text hides it.
 * Immutable as long as nobody writes into the array.
 */
public record ExportedKey(SignatureType type, byte[] privateKey) {

    @Override
    public String toString() {
        return "ExportedKey[" + type + ", hidden]";
    }
}
