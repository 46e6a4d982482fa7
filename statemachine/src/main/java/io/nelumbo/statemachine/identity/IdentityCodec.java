package io.nelumbo.statemachine.identity;

import java.util.Arrays;

/**
 * The bytes of an ed25519 private key as libp2p stores it, so that Lotus's can be taken over: the
 * protobuf {@code PrivateKey} with type Ed25519 ({@code 08 01}) and 64 bytes of data ({@code 12
 * 40}): the seed and the public key. Stateless.
 *
 * <p>Source: the libp2p peer ids specification, "Ed25519".
 */
final class IdentityCodec {
    static final int KEY_BYTES = 32;

    private static final byte[] PREFIX = {0x08, 0x01, 0x12, 0x40};
    private static final int ENCODED_BYTES = PREFIX.length + 2 * KEY_BYTES;

    private IdentityCodec() {}

    static byte[] encode(final Halves halves) {
        final byte[] encoded = Arrays.copyOf(PREFIX, ENCODED_BYTES);
        System.arraycopy(halves.seed(), 0, encoded, PREFIX.length, KEY_BYTES);
        System.arraycopy(halves.publicKey(), 0, encoded, PREFIX.length + KEY_BYTES, KEY_BYTES);
        return encoded;
    }

    /** Takes the bytes apart; whether the halves belong together is not looked at here. */
    static Halves decode(final byte[] encoded) throws MalformedIdentity {
        if (encoded.length != ENCODED_BYTES) {
            throw new MalformedIdentity(
                    "expected a libp2p ed25519 private key of "
                            + ENCODED_BYTES
                            + " bytes but was "
                            + encoded.length);
        }
        if (!Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            throw new MalformedIdentity(
                    "expected a libp2p ed25519 private key, which begins with 08011240");
        }
        final int middle = PREFIX.length + KEY_BYTES;
        return new Halves(
                Arrays.copyOfRange(encoded, PREFIX.length, middle),
                Arrays.copyOfRange(encoded, middle, ENCODED_BYTES));
    }

    /** The seed, which is the secret, and the public key that follows from it; 32 bytes each. */
    record Halves(byte[] seed, byte[] publicKey) {
        @Override
        public String toString() {
            return "Halves[hidden]";
        }
    }
}
