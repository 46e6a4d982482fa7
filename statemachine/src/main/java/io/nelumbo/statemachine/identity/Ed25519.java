package io.nelumbo.statemachine.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * The JDK's Ed25519 with plain 32-byte keys. The JDK wants keys in their ASN.1 wrappings; those
 * have a fixed form (RFC 8410), put on and taken off here. Stateless.
 */
final class Ed25519 {
    static final String NAME = "Ed25519";
    private static final byte[] PRIVATE_PREFIX = {
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20
    };
    private static final byte[] PUBLIC_PREFIX = {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    private Ed25519() {}

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(NAME).generateKeyPair();
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static PrivateKey privateKey(final byte[] seed) {
        try {
            return KeyFactory.getInstance(NAME)
                    .generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE_PREFIX, seed)));
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The key of 32 bytes; not every 32 bytes are a key, and that shows only when it is used. */
    static PublicKey publicKey(final byte[] bytes) {
        try {
            return KeyFactory.getInstance(NAME)
                    .generatePublic(new X509EncodedKeySpec(joined(PUBLIC_PREFIX, bytes)));
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Whether a key of any origin is one of these. */
    static boolean is(final PublicKey key) {
        final byte[] encoded = key.getEncoded();
        return encoded != null && wraps(PUBLIC_PREFIX, encoded);
    }

    static byte[] seed(final PrivateKey key) {
        return stripped(PRIVATE_PREFIX, key.getEncoded());
    }

    static byte[] bytes(final PublicKey key) {
        return stripped(PUBLIC_PREFIX, key.getEncoded());
    }

    static byte[] sign(final PrivateKey key, final byte[] message) {
        try {
            final Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static boolean verify(final byte[] publicKey, final byte[] message, final byte[] signed) {
        try {
            final Signature signature = Signature.getInstance(NAME);
            signature.initVerify(publicKey(publicKey));
            signature.update(message);
            return signature.verify(signed);
        } catch (final GeneralSecurityException e) {
            // Not a point of the curve, or not 64 bytes: nobody signed that.
            return false;
        }
    }

    private static byte[] joined(final byte[] prefix, final byte[] key) {
        final byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, joined, prefix.length, key.length);
        return joined;
    }

    private static byte[] stripped(final byte[] prefix, final byte[] encoded) {
        if (!wraps(prefix, encoded)) {
            throw new IllegalStateException(
                    "expected an ed25519 key as RFC 8410 writes it but was "
                            + encoded.length
                            + " other bytes");
        }
        return Arrays.copyOfRange(encoded, prefix.length, encoded.length);
    }

    private static boolean wraps(final byte[] prefix, final byte[] encoded) {
        return encoded.length == prefix.length + IdentityCodec.KEY_BYTES
                && Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static IllegalStateException missing(final GeneralSecurityException cause) {
        return new IllegalStateException("expected Ed25519 in every JDK from 15 on", cause);
    }
}
