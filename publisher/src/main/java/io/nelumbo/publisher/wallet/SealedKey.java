package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.SignatureType;

/**
 * A private key at rest, encrypted. Nothing in it is secret, and everything in it is from a file
 * that anybody may have written: only the MAC says that it was one of us. Immutable as long as
 * nobody writes into the arrays.
 *
 * @param address whose key it claims to be
 * @param derivation what turns a passphrase into the key that it was encrypted with
 * @param iv of AES-128 in counter mode, 16 bytes
 * @param ciphertext the private key's 32 bytes, encrypted
 * @param mac Keccak-256 of half the derived key, and the ciphertext
 */
record SealedKey(
        FilecoinAddress address,
        SignatureType type,
        KeyDerivation derivation,
        byte[] iv,
        byte[] ciphertext,
        byte[] mac) {

    @Override
    public String toString() {
        return "SealedKey[" + address + "]";
    }
}
