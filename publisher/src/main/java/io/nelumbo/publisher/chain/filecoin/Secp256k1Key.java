package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.filecoin.Verification.Invalid;
import io.nelumbo.publisher.chain.filecoin.Verification.Valid;
import java.security.SecureRandom;

/**
 * The key of an {@code f1} account. Signs the blake2b-256 of the data, deterministically: the same
 * data always gives the same 65 bytes. Any thread; its text does not give the key away.
 *
 * <p>Source: Filecoin specification, Signatures.
 */
public final class Secp256k1Key implements FilecoinKey {
    private final RecoverableSecp256k1 curve;
    private final FilecoinAddress address;
    private final byte[] keyId;

    private Secp256k1Key(final RecoverableSecp256k1 curve) {
        this.curve = curve;
        this.address = FilecoinAddress.ofSecp256k1(curve.publicKey());
        this.keyId = KeyId.of(curve.publicKey());
    }

    /** The key with these 32 bytes (copied); throws {@link MalformedValue} if there is none. */
    public static Secp256k1Key of(final byte[] privateKey) {
        return new Secp256k1Key(RecoverableSecp256k1.of(privateKey));
    }

    /** A new key. */
    public static Secp256k1Key random(final SecureRandom random) {
        return new Secp256k1Key(RecoverableSecp256k1.random(random));
    }

    @Override
    public SignatureType type() {
        return SignatureType.SECP256K1;
    }

    @Override
    public FilecoinAddress address() {
        return address;
    }

    @Override
    public byte[] keyId() {
        return keyId.clone();
    }

    /** The uncompressed public key, 65 bytes. A copy. */
    public byte[] publicKey() {
        return curve.publicKey().clone();
    }

    @Override
    public byte[] privateKey() {
        return curve.privateKey();
    }

    @Override
    public void wipe() {
        curve.wipe();
    }

    @Override
    public Signature sign(final byte[] data) {
        return new Signature(SignatureType.SECP256K1, curve.sign(Blake2b.hash256(data)));
    }

    static Verification verification(
            final Signature signature, final FilecoinAddress signer, final byte[] data) {
        final byte[] publicKey =
                RecoverableSecp256k1.signer(signature.data(), Blake2b.hash256(data));
        if (publicKey == null) {
            return new Invalid("no public key fits it");
        }
        final FilecoinAddress actual = FilecoinAddress.ofSecp256k1(publicKey);
        return actual.equals(signer)
                ? new Valid(KeyId.of(publicKey))
                : new Invalid("expected " + signer + " but it was signed by " + actual);
    }

    @Override
    public String toString() {
        return "Secp256k1Key[" + address + "]";
    }
}
