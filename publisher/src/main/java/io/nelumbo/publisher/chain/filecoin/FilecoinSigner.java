package io.nelumbo.publisher.chain.filecoin;

/** A key that signs and does nothing else. Any thread. */
public interface FilecoinSigner {

    /** The address that the key speaks for. */
    FilecoinAddress address();

    /** First 8 bytes of the SHA-256 of the public key: says in the journal which key signed. */
    byte[] keyId();

    /**
     * Signs data, deterministically. For a message the data is its unsigned CID's bytes; a
     * delegated account signs the Ethereum transaction that the message stands for.
     *
     * @throws RuntimeException when the key cannot sign
     */
    Signature sign(byte[] data);
}
