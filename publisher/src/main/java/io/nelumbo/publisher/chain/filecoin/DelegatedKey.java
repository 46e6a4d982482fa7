package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.filecoin.Verification.Invalid;
import io.nelumbo.publisher.chain.filecoin.Verification.Valid;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The key of an Ethereum account on Filecoin, {@code f410}. Signs the Keccak-256 of the data; for a
 * message the data is an Ethereum transaction, see {@link EthereumTransaction}. Any thread; its
 * text does not give the key away.
 *
 * <p>Source: FIP-0055.
 */
public final class DelegatedKey implements FilecoinKey {
    private static final int ETHEREUM_ADDRESS_BYTES = 20;
    private static final int RECOVERY_ID = RecoverableSecp256k1.SIGNATURE_BYTES - 1;

    private final RecoverableSecp256k1 curve;
    private final FilecoinAddress address;
    private final byte[] keyId;

    private DelegatedKey(final RecoverableSecp256k1 curve) {
        this.curve = curve;
        this.address = address(curve.publicKey());
        this.keyId = KeyId.of(curve.publicKey());
    }

    /** The key with these 32 bytes (copied); throws {@link MalformedValue} if there is none. */
    public static DelegatedKey of(final byte[] privateKey) {
        return new DelegatedKey(RecoverableSecp256k1.of(privateKey));
    }

    /** A new key. */
    public static DelegatedKey random(final SecureRandom random) {
        return new DelegatedKey(RecoverableSecp256k1.random(random));
    }

    @Override
    public SignatureType type() {
        return SignatureType.DELEGATED;
    }

    @Override
    public FilecoinAddress address() {
        return address;
    }

    @Override
    public byte[] keyId() {
        return keyId.clone();
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
        return new Signature(SignatureType.DELEGATED, curve.sign(Keccak.hash256(data)));
    }

    static Verification verification(
            final Signature signature, final FilecoinAddress signer, final byte[] data) {
        // Transactions of this kind know no other ids: nodes refuse them.
        if (signature.data()[RECOVERY_ID] > 1) {
            return new Invalid("expected a recovery id of 0 or 1");
        }
        final byte[] publicKey =
                RecoverableSecp256k1.signer(signature.data(), Keccak.hash256(data));
        if (publicKey == null) {
            return new Invalid("no public key fits it");
        }
        final FilecoinAddress actual = address(publicKey);
        return actual.equals(signer)
                ? new Valid(KeyId.of(publicKey))
                : new Invalid("expected " + signer + " but it was signed by " + actual);
    }

    @Override
    public String toString() {
        return "DelegatedKey[" + address + "]";
    }

    /** The last 20 bytes of the Keccak-256 of the public key without its format byte. */
    static FilecoinAddress address(final byte[] publicKey) {
        final byte[] hash = Keccak.hash256(Arrays.copyOfRange(publicKey, 1, publicKey.length));
        return FilecoinAddress.ofDelegated(
                FilecoinAddress.ETHEREUM_NAMESPACE,
                Arrays.copyOfRange(hash, hash.length - ETHEREUM_ADDRESS_BYTES, hash.length));
    }
}
