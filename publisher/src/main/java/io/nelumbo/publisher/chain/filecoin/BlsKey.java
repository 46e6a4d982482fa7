package io.nelumbo.publisher.chain.filecoin;

import io.nelumbo.publisher.chain.filecoin.Verification.Invalid;
import io.nelumbo.publisher.chain.filecoin.Verification.Valid;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import supranational.blst.BLST_ERROR;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.SecretKey;

/**
 * The key of an {@code f3} account: a scalar of BLS12-381, little-endian as Filecoin writes it.
 * Public keys are points of G1 (48 bytes), signatures points of G2 (96 bytes), both compressed.
 * Signing is deterministic by nature. Any thread; its text does not give the key away.
 *
 * <p>Source: Filecoin specification, Signatures; draft-irtf-cfrg-bls-signature, basic scheme.
 */
public final class BlsKey implements FilecoinKey {
    private static final String DOMAIN = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";
    private static final BigInteger GROUP_ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
    private static final boolean HASH_TO_CURVE = true;
    private static final int COMPRESSED = 0x80;

    private final SecretKey secret;
    private final FilecoinAddress address;
    private final byte[] keyId;
    private volatile boolean wiped;

    private BlsKey(final SecretKey secret) {
        final byte[] publicKey = new P1(secret).compress();
        this.secret = secret;
        this.address = FilecoinAddress.ofBls(publicKey);
        this.keyId = KeyId.of(publicKey);
    }

    /**
     * The key with these 32 little-endian bytes (copied); throws {@link MalformedValue} if there is
     * none.
     */
    public static BlsKey of(final byte[] privateKey) {
        if (privateKey.length != PRIVATE_KEY_BYTES) {
            throw MalformedValue.expected(
                    "private key", PRIVATE_KEY_BYTES + " bytes", privateKey.length + " bytes");
        }
        if (!isScalar(privateKey)) {
            throw new MalformedValue(
                    "private key: expected a little-endian number from 1 to the order of BLS12-381"
                            + " less 1");
        }
        final SecretKey secret = new SecretKey();
        secret.from_lendian(privateKey);
        return new BlsKey(secret);
    }

    /** A new key. */
    public static BlsKey random(final SecureRandom random) {
        final byte[] seed = new byte[PRIVATE_KEY_BYTES];
        random.nextBytes(seed);
        final SecretKey secret = new SecretKey();
        // Through HKDF to a scalar that is never zero.
        secret.keygen(seed);
        Arrays.fill(seed, (byte) 0);
        return new BlsKey(secret);
    }

    @Override
    public SignatureType type() {
        return SignatureType.BLS;
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
        final byte[] copy = secret.to_lendian();
        // Looked at last: half a secret must not pass for one.
        if (wiped) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException("the key was wiped");
        }
        return copy;
    }

    @Override
    public void wipe() {
        wiped = true;
        secret.from_lendian(new byte[PRIVATE_KEY_BYTES]);
    }

    @Override
    public Signature sign(final byte[] data) {
        final P2 point = new P2().hash_to(data, DOMAIN).sign_with(secret);
        // Looked at last: a scalar that was wiped meanwhile gives a point that must not get out.
        if (wiped) {
            throw new IllegalStateException("the key was wiped");
        }
        return new Signature(SignatureType.BLS, point.compress());
    }

    static Verification verification(
            final Signature signature, final FilecoinAddress signer, final byte[] data) {
        final byte[] publicKey = signer.payload();
        // The library reads twice as many bytes when this bit says that the point is not
        // compressed.
        if ((publicKey[0] & COMPRESSED) == 0 || (signature.data()[0] & COMPRESSED) == 0) {
            return new Invalid("expected compressed points");
        }
        try {
            final P1_Affine key = new P1_Affine(publicKey);
            final P2_Affine point = new P2_Affine(signature.data());
            // At infinity anybody could sign; outside the group the pairing proves nothing.
            if (key.is_inf() || !key.in_group() || !point.in_group()) {
                return new Invalid("expected points of the groups, the key not at infinity");
            }
            final BLST_ERROR answer = point.core_verify(key, HASH_TO_CURVE, data, DOMAIN);
            return answer == BLST_ERROR.BLST_SUCCESS
                    ? new Valid(KeyId.of(publicKey))
                    : new Invalid("expected " + signer + " to have signed it but it did not");
        } catch (final RuntimeException notAPoint) {
            return new Invalid("expected points on the curve: " + notAPoint.getMessage());
        }
    }

    @Override
    public String toString() {
        return "BlsKey[" + address + "]";
    }

    private static boolean isScalar(final byte[] littleEndian) {
        final byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        final BigInteger scalar = new BigInteger(1, bigEndian);
        Arrays.fill(bigEndian, (byte) 0);
        return scalar.signum() > 0 && scalar.compareTo(GROUP_ORDER) < 0;
    }
}
