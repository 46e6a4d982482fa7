package io.nelumbo.statemachine.identity;

import io.nelumbo.config.PeerId;
import io.nelumbo.statemachine.identity.IdentityCodec.Halves;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * Who this node is: an ed25519 key pair, whose public half is the node's peer id. Kept in a file of
 * mode 0600, in libp2p's form, so that a Lotus node's identity can be taken over. Immutable; any
 * thread.
 */
public final class PeerIdentity {
    private static final byte[] PROBE =
            "do the halves belong together?".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final PeerId peerId;

    private PeerIdentity(final PrivateKey privateKey, final PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.peerId = PeerId.ofPublicKey(Ed25519.bytes(publicKey));
    }

    /** A new identity, of the JDK's strong randomness. */
    public static PeerIdentity generate() {
        final KeyPair pair = Ed25519.generate();
        return new PeerIdentity(pair.getPrivate(), pair.getPublic());
    }

    /**
     * The identity of an encoded private key.
     *
     * @param encoded the 68 bytes of a libp2p protobuf {@code PrivateKey} of type Ed25519
     * @throws MalformedIdentity if they are none, or the public key in them is another's
     */
    public static PeerIdentity decode(final byte[] encoded) throws MalformedIdentity {
        final Halves halves = IdentityCodec.decode(encoded);
        final PrivateKey privateKey = Ed25519.privateKey(halves.seed());
        if (!Ed25519.verify(halves.publicKey(), PROBE, Ed25519.sign(privateKey, PROBE))) {
            throw new MalformedIdentity(
                    "expected the public key of the private key but was another");
        }
        return new PeerIdentity(privateKey, Ed25519.publicKey(halves.publicKey()));
    }

    /**
     * Reads the identity in a file.
     *
     * @throws MalformedIdentity if the file holds none
     * @throws IOException if it cannot be read, or others than its owner may
     */
    public static PeerIdentity read(final Path file) throws IOException {
        try {
            return decode(SecretFile.read(file));
        } catch (final MalformedIdentity e) {
            throw new MalformedIdentity(file + ": " + e.getMessage());
        }
    }

    /** Writes it to a new file of mode 0600; durable, with its name, on return. */
    public void write(final Path file) throws IOException {
        SecretFile.create(file, encode());
    }

    /** Its libp2p form, 68 bytes: a secret. */
    public byte[] encode() {
        return IdentityCodec.encode(new Halves(Ed25519.seed(privateKey), Ed25519.bytes(publicKey)));
    }

    /** What others know this node by. */
    public PeerId peerId() {
        return peerId;
    }

    /** The private key, for a TLS certificate of this node: a secret. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The public key, for a TLS certificate of this node. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** Signs a message as this node: 64 bytes (RFC 8032). */
    public byte[] sign(final byte[] message) {
        return Ed25519.sign(privateKey, message);
    }

    /** Whether the node of a peer id signed a message. */
    public static boolean verify(
            final PeerId signer, final byte[] message, final byte[] signature) {
        return Ed25519.verify(signer.publicKey(), message, signature);
    }

    /** The peer id; never the key. */
    @Override
    public String toString() {
        return "PeerIdentity[" + peerId + "]";
    }
}
