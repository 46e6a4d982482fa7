package io.nelumbo.config;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is: the libp2p peer id of an ed25519 public key, {@code 12D3KooW…}. It holds the whole
 * key, so a peer can be recognised by its id alone. Immutable.
 *
 * <p>Source: the libp2p peer ids specification: base58btc of the identity multihash ({@code 00 24})
 * of the protobuf public key ({@code 08 01 12 20} and 32 key bytes).
 */
public final class PeerId implements Comparable<PeerId> {
    /** Bytes of an ed25519 public key. */
    public static final int PUBLIC_KEY_BYTES = 32;

    private static final byte[] PREFIX = {0x00, 0x24, 0x08, 0x01, 0x12, 0x20};
    private static final int TEXT_CHARS = 52;

    private final byte[] publicKey;
    private final String text;

    private PeerId(final byte[] publicKey, final String text) {
        this.publicKey = publicKey;
        this.text = text;
    }

    /**
     * The id of an ed25519 public key.
     *
     * @param publicKey the 32 bytes of RFC 8032; copied
     */
    public static PeerId ofPublicKey(final byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "expected an ed25519 public key of 32 bytes but was " + publicKey.length);
        }
        final byte[] multihash = Arrays.copyOf(PREFIX, PREFIX.length + PUBLIC_KEY_BYTES);
        System.arraycopy(publicKey, 0, multihash, PREFIX.length, PUBLIC_KEY_BYTES);
        return new PeerId(publicKey.clone(), Base58.encode(multihash));
    }

    /**
     * Reads the text form.
     *
     * @throws MalformedAddress if it is not the id of an ed25519 key
     */
    public static PeerId parse(final String text) {
        if (text.startsWith("Qm")) {
            throw new MalformedAddress(
                    "expected the peer id of an ed25519 key (12D3KooW…) but was that of another"
                            + " kind of key",
                    0);
        }
        if (text.length() != TEXT_CHARS) {
            throw new MalformedAddress(
                    "expected a peer id of 52 characters (12D3KooW…) but was "
                            + text.length()
                            + " characters",
                    Math.min(text.length(), TEXT_CHARS));
        }
        final byte[] multihash = Base58.decode(text);
        if (multihash == null) {
            throw new MalformedAddress(
                    "expected a peer id in base58, whose alphabet leaves out 0, O, I and l", 0);
        }
        if (multihash.length != PREFIX.length + PUBLIC_KEY_BYTES
                || !Arrays.equals(multihash, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            throw new MalformedAddress(
                    "expected the peer id of an ed25519 key, which begins with 12D3KooW", 0);
        }
        return new PeerId(Arrays.copyOfRange(multihash, PREFIX.length, multihash.length), text);
    }

    /** The 32 bytes of the ed25519 public key; a copy. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public int compareTo(final PeerId other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(final @Nullable Object other) {
        return other instanceof PeerId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text form, {@code 12D3KooW…}. */
    @Override
    public String toString() {
        return text;
    }
}
