package io.nelumbo.publisher.chain.filecoin;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import io.nelumbo.publisher.chain.filecoin.Verification.Invalid;
import io.nelumbo.publisher.chain.filecoin.Verification.Valid;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secp256k1 private key. Signs the blake2b-256 of the data with the nonce of RFC 6979 and a low
 * S, so that the same data always gives the same 65 bytes: r, s, recovery id. Immutable, any
 * thread; its text does not give the key away.
 */
public final class Secp256k1Key implements FilecoinSigner {
    /** Length of a private key. */
    public static final int PRIVATE_KEY_BYTES = 32;

    private static final Secp256k1 CURVE = Secp256k1.get();
    private static final int COMPACT_BYTES = 64;
    private static final int KEY_ID_BYTES = 8;

    private final byte[] privateKey;
    private final byte[] publicKey;
    private final FilecoinAddress address;
    private final byte[] keyId;

    private Secp256k1Key(final byte[] privateKey, final byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.address = FilecoinAddress.ofSecp256k1(publicKey);
        this.keyId = Arrays.copyOf(sha256(publicKey), KEY_ID_BYTES);
    }

    /** The key with these 32 bytes (copied); throws {@link MalformedValue} if there is none. */
    public static Secp256k1Key of(final byte[] privateKey) {
        if (privateKey.length != PRIVATE_KEY_BYTES) {
            throw MalformedValue.expected(
                    "private key", PRIVATE_KEY_BYTES + " bytes", privateKey.length + " bytes");
        }
        if (!CURVE.secKeyVerify(privateKey)) {
            throw new MalformedValue(
                    "private key: expected a number from 1 to the order of secp256k1 less 1");
        }
        return new Secp256k1Key(privateKey.clone(), CURVE.pubkeyCreate(privateKey));
    }

    /** A new key. */
    public static Secp256k1Key random(final SecureRandom random) {
        final byte[] candidate = new byte[PRIVATE_KEY_BYTES];
        do {
            random.nextBytes(candidate);
        } while (!CURVE.secKeyVerify(candidate));
        return of(candidate);
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
        return publicKey.clone();
    }

    /** The secret itself, 32 bytes, for an export. A copy. */
    public byte[] privateKey() {
        return privateKey.clone();
    }

    @Override
    public Signature sign(final byte[] data) {
        final byte[] hash = Blake2b.hash256(data);
        final byte[] compact = CURVE.sign(hash, privateKey, null);
        final byte[] signature = Arrays.copyOf(compact, COMPACT_BYTES + 1);
        // Ids 2 and 3 stand for an r beyond the group's order: one signature in 2^127.
        final boolean even = Arrays.equals(CURVE.ecdsaRecover(compact, hash, 0), publicKey);
        signature[COMPACT_BYTES] = (byte) (even ? 0 : 1);
        return new Signature(SignatureType.SECP256K1, signature);
    }

    static Verification verification(
            final Signature signature, final FilecoinAddress signer, final byte[] data) {
        final byte[] compact = Arrays.copyOf(signature.data(), COMPACT_BYTES);
        final int recoveryId = signature.data()[COMPACT_BYTES];
        if (recoveryId < 0 || recoveryId > 3) {
            return new Invalid("expected a recovery id of 0 to 3 but was " + recoveryId);
        }
        try {
            final byte[] recovered = CURVE.ecdsaRecover(compact, Blake2b.hash256(data), recoveryId);
            final FilecoinAddress actual = FilecoinAddress.ofSecp256k1(recovered);
            return actual.equals(signer)
                    ? new Valid()
                    : new Invalid("expected " + signer + " but it was signed by " + actual);
        } catch (final Secp256k1Exception notOnTheCurve) {
            return new Invalid("no public key fits it: " + notOnTheCurve.getMessage());
        }
    }

    @Override
    public String toString() {
        return "Secp256k1Key[" + address + "]";
    }

    private static byte[] sha256(final byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
